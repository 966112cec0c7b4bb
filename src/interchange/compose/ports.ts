import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { listOf, numberOf, textOf } from './compose-values.ts';
import type { ServiceParts } from './parts.ts';

export interface PublishedPort {
  /** Port of the Service. */
  readonly port: number;
  /** Port of the container. */
  readonly target: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly name?: string;
  readonly appProtocol?: string;
  /** Whether the world outside is to reach it; `expose` is for other containers only. */
  readonly isPublished: boolean;
}

const MOST_PORTS = 1000;

/** Ports of a service, published and exposed, each once. */
export function portsOf({ service }: ServiceParts): readonly PublishedPort[] {
  const found: PublishedPort[] = [];
  const add = (port: PublishedPort): void => {
    if (found.some((other) => other.port === port.port && other.protocol === port.protocol)) return;
    found.push(port);
  };
  listOf(service.spec['ports']).forEach((written, index) => {
    const ports = isJsonObject(written) ? longPort(written) : shortPorts(textOf(written));
    if (!ports || found.length + ports.length > MOST_PORTS)
      return service.say('lost', 'source.type', ['ports', index], {
        key: 'ports',
        expected: '[[IP:]HOST:]CONTAINER[/PROTOCOL]',
      });
    for (const { isLoopback, ...port } of ports) {
      if (isLoopback)
        service.say('changed', 'compose.loopback', ['ports', index], { service: service.name, port: port.port });
      add(port);
    }
    return undefined;
  });
  listOf(service.spec['expose']).forEach((written, index) => {
    const ports = shortPorts(textOf(written));
    if (!ports || found.length + ports.length > MOST_PORTS)
      return service.say('lost', 'source.type', ['expose', index], { key: 'expose', expected: 'PORT[/PROTOCOL]' });
    for (const { isLoopback: _, ...port } of ports)
      if (!found.some(({ target, protocol }) => target === port.target && protocol === port.protocol))
        add({ ...port, isPublished: false });
    return undefined;
  });
  return found;
}

type ReadPort = PublishedPort & { readonly isLoopback: boolean };

function protocolOf(word: string): PublishedPort['protocol'] | undefined {
  const protocol = (word || 'tcp').toUpperCase();
  return protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP' ? protocol : undefined;
}

function longPort(written: JsonObject): readonly ReadPort[] | undefined {
  const target = numberOf(written['target']);
  const protocol = protocolOf(textOf(written['protocol']));
  const published = rangeOf(textOf(written['published']));
  if (target === undefined || !isPort(target) || !protocol) return undefined;
  const [port = target] = published ?? [];
  const name = textOf(written['name']);
  const appProtocol = textOf(written['app_protocol']);
  return [
    {
      port,
      target,
      protocol,
      isPublished: true,
      isLoopback: isLoopback(textOf(written['host_ip'])),
      ...(name === '' ? {} : { name }),
      ...(appProtocol === '' ? {} : { appProtocol }),
    },
  ];
}

/** `[[IP:]HOST:]CONTAINER[/PROTOCOL]`, where ports may be ranges of the same length. */
function shortPorts(text: string): readonly ReadPort[] | undefined {
  const match = /^(?:(?:(\[[0-9a-fA-F:.]+\]|[0-9.]+):)?([0-9-]*):)?([0-9-]+)(?:\/(\w+))?$/.exec(text.trim());
  const targets = match && rangeOf(match[3]!);
  const protocol = match && protocolOf(match[4] ?? '');
  if (!match || !targets || !protocol) return undefined;
  const published = match[2] ? rangeOf(match[2]) : targets;
  if (!published || (published.length !== targets.length && targets.length !== 1)) return undefined;
  return targets.map((target, index) => ({
    port: published[index]!,
    target,
    protocol,
    isPublished: true,
    isLoopback: isLoopback(match[1] ?? ''),
  }));
}

function isLoopback(ip: string): boolean {
  return ip.startsWith('127.') || ip === '::1' || ip === '[::1]';
}

function isPort(number: number): boolean {
  return Number.isInteger(number) && number > 0 && number < 65536;
}

function rangeOf(text: string): readonly number[] | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
  if (!isPort(first) || !isPort(last) || last < first || last - first > MOST_PORTS) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Ports as the container lists them. */
export function containerPorts(ports: readonly PublishedPort[]): readonly JsonValue[] {
  const seen = new Set<string>();
  return ports.flatMap(({ target, protocol }): JsonValue[] => {
    const key = `${target}/${protocol}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ containerPort: target, protocol }];
  });
}

/** Ports as the Service lists them: named by number, which is what people know them by. */
export function servicePorts(ports: readonly PublishedPort[]): readonly JsonValue[] {
  const named = new Set<string>();
  return ports.map(({ port, target, protocol, name, appProtocol }) => {
    const plain =
      name !== undefined && /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name) && !named.has(name)
        ? name
        : String(port);
    const free = named.has(plain) ? `${plain}-${protocol.toLowerCase()}` : plain;
    named.add(free);
    return {
      name: free,
      port,
      ...(protocol === 'TCP' ? {} : { protocol }),
      targetPort: target,
      ...(appProtocol === undefined ? {} : { appProtocol }),
    };
  });
}
