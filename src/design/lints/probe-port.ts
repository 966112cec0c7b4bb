import { arrayAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { NO_SPOTS } from './spots.ts';
import type { Spot } from './spots.ts';

/**
 * A probe at a port that its container does not list, by number or by name, among its TCP ports. A numeral in quotes is
 * a name here, and a port without a name has the name ''.
 */
export function probePort(container: JsonObject, probe: string): readonly Spot[] {
  const written = objectAt(container, probe);
  if (!written) return NO_SPOTS;
  const ports = new Set<unknown>();
  for (const port of arrayAt(container, 'ports')) {
    if (!['TCP', ''].includes(stringAt(port, 'protocol') ?? '')) continue;
    ports.add(valueAt(port, 'containerPort') ?? 0);
    ports.add(stringAt(port, 'name') ?? '');
  }
  for (const handler of ['httpGet', 'tcpSocket', 'grpc']) {
    if (!objectAt(written, handler)) continue;
    const port = valueAt(written, handler, 'port') ?? 0;
    if (typeof port !== 'object' && !ports.has(port))
      return [{ at: [probe, handler, 'port'], params: { probe, port: String(port) } }];
  }
  return NO_SPOTS;
}
