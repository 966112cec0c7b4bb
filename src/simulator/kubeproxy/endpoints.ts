import { formatIp, parseIp } from '../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, asString, booleanAt, nameAt, numberAt, stringAt } from '../../base/json.ts';

/** One place where a port of a Service is served. Source: pkg/proxy/endpoint.go `BaseEndpointInfo`, 1.36. */
export interface Endpoint {
  readonly ip: string;
  readonly port: number;
  /** `10.244.1.2:80`. */
  readonly address: string;
  /** Whether it is on the Node for which it is asked. */
  readonly isLocal: boolean;
  readonly isReady: boolean;
  readonly isServing: boolean;
  readonly isTerminating: boolean;
  readonly zoneHints: readonly string[];
  readonly nodeHints: readonly string[];
}

/** What of a port of a Service decides which endpoints serve it. */
export interface EndpointQuery {
  readonly portName: string;
  /** `tcp`. */
  readonly protocol: string;
  readonly family: 4 | 6;
  readonly node: string;
}

/**
 * The endpoints of one port of a Service, in order of address. Where two say the same address, one that is not
 * terminating wins.
 * Source: pkg/proxy/endpointslicecache.go `endpointInfoByServicePort` and `addEndpoints`, 1.36.
 */
export function endpointsOf(slices: readonly KubernetesObject[], query: EndpointQuery): readonly Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const slice of slices) {
    if (stringAt(slice, 'addressType') !== `IPv${query.family}`) continue;
    for (const port of arrayAt(slice, 'ports')) {
      const number = numberAt(port, 'port') ?? 0;
      const isWanted =
        (stringAt(port, 'name') ?? '') === query.portName &&
        (stringAt(port, 'protocol') ?? 'TCP').toLowerCase() === query.protocol;
      if (number === 0 || !isWanted) continue;
      for (const endpoint of arrayAt(slice, 'endpoints')) {
        const made = endpointAt(endpoint, number, query.node);
        if (made !== undefined && (!found.has(made.address) || !made.isTerminating)) found.set(made.address, made);
      }
    }
  }
  return [...found.values()].sort((a, b) => compareStrings(a.address, b.address));
}

function endpointAt(endpoint: JsonValue, port: number, node: string): Endpoint | undefined {
  const parsed = parseIp(asString(arrayAt(endpoint, 'addresses')[0]) ?? '');
  if (parsed === undefined) return undefined;
  const ip = formatIp(parsed);
  const names = (list: string): readonly string[] =>
    arrayAt(endpoint, 'hints', list).flatMap((hint) => stringAt(hint, 'name') ?? []);
  return {
    ip,
    port,
    address: parsed.family === 6 ? `[${ip}]:${port}` : `${ip}:${port}`,
    isLocal: node !== '' && nameAt(endpoint, 'nodeName') === node,
    isReady: booleanAt(endpoint, 'conditions', 'ready') ?? true,
    isServing: booleanAt(endpoint, 'conditions', 'serving') ?? true,
    isTerminating: booleanAt(endpoint, 'conditions', 'terminating') ?? false,
    zoneHints: names('forZones'),
    nodeHints: names('forNodes'),
  };
}
