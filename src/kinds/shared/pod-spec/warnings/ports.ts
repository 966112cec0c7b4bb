import { quoteString } from '../../../../apimachinery/quoted-string.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt } from '../../../../base/json.ts';
import { integerAt, textAt } from '../../validation/fields.ts';
import { CONTAINER_LISTS } from '../containers.ts';

interface PortAt {
  readonly port: JsonValue;
  readonly path: string;
}

/** Ports of a Pod that stand twice, by number or by name. Source: pkg/api/pod/warnings.go, 1.36. */
export function portWarnings(spec: JsonValue | undefined, path: ValidationPath): readonly string[] {
  const ports = CONTAINER_LISTS.flatMap((list) =>
    arrayAt(spec, list).flatMap((container, index) =>
      arrayAt(container, 'ports').map((port, portIndex) => ({
        port,
        path: path.child(list).index(index).child('ports').index(portIndex).toString(),
      })),
    ),
  );
  return ports.length === 0 ? [] : [...numberWarnings(ports), ...nameWarnings(ports)];
}

function numberWarnings(ports: readonly PortAt[]): readonly string[] {
  const before = new Map<string, PortAt[]>();
  return ports.flatMap((own) => {
    const key = `${integerAt(own.port, 'containerPort')}/${textAt(own.port, 'protocol')}`;
    const others = before.get(key) ?? [];
    const clashes = others.flatMap((other) => {
      const clash = clashOf(own.port, other.port);
      return clash === undefined ? [] : [`${own.path}: ${clash} port definition with ${other.path}`];
    });
    before.set(key, [...others, own]);
    return [...unusedHostIp(own), ...clashes];
  });
}

function unusedHostIp({ port, path }: PortAt): readonly string[] {
  const hostIp = textAt(port, 'hostIP');
  if (hostIp === '' || integerAt(port, 'hostPort') !== 0) return [];
  const shown = `{Name:${textAt(port, 'name')} HostPort:0 ContainerPort:${integerAt(port, 'containerPort')} Protocol:${textAt(port, 'protocol')} HostIP:${hostIp}}`;
  return [`${path}: hostIP set without hostPort: ${shown}`];
}

function clashOf(a: JsonValue, b: JsonValue): string | undefined {
  const [portA, portB] = [integerAt(a, 'hostPort'), integerAt(b, 'hostPort')];
  const [ipA, ipB] = [textAt(a, 'hostIP'), textAt(b, 'hostIP')];
  if (portA === portB && ipA === ipB) return 'duplicate';
  if (portA === 0 || portB === 0) return 'overlapping';
  return portA === portB && (ipA === '') !== (ipB === '') ? 'dangerously ambiguous' : undefined;
}

function nameWarnings(ports: readonly PortAt[]): readonly string[] {
  const first = new Map<string, string>();
  return ports.flatMap(({ port, path }) => {
    const name = textAt(port, 'name');
    if (name === '') return [];
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, path);
      return [];
    }
    return [
      `${path}: duplicate port name ${quoteString(name)} with ${other}, services and probes that select ports by name will use ${other}`,
    ];
  });
}
