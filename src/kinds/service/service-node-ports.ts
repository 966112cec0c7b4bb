import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt } from '../../base/json.ts';
import { updateItems } from '../shared/defaults/fill-in.ts';
import { NONE, integerAt, textAt } from '../shared/validation/fields.ts';
import { needsNodePort, nodePortsOf } from './service-spec.ts';

const PORTS = ValidationPath.of('spec', 'ports');

/** Of a cluster with the default flags. Source: pkg/kubeapiserver/options/options.go, 1.36. */
const FIRST_NODE_PORT = 30000;
const LAST_NODE_PORT = 32767;
const OUT_OF_RANGE = `provided port is not in the valid range. The range of valid ports is ${FIRST_NODE_PORT}-${LAST_NODE_PORT}`;

/**
 * What stops the allocation of the ports that are asked for; `kept` are those that the Service has already. Nothing else
 * is looked at then. Source: pkg/registry/core/service/storage/alloc.go `initNodePorts`, 1.36.
 */
export function validateNodePortAllocation(
  spec: JsonValue | undefined,
  kept: ReadonlySet<number> = new Set(),
): readonly FieldError[] {
  if (!needsNodePort(spec)) return NONE;
  const taken = new Set<number>();
  const byPort = new Map<number, number>();
  for (const [index, port] of arrayAt(spec, 'ports').entries()) {
    const [number, nodePort] = [Number(integerAt(port, 'port')), Number(integerAt(port, 'nodePort'))];
    if (nodePort === 0 || byPort.get(number) === nodePort) continue;
    if (!kept.has(nodePort)) {
      const detail = problemOf(nodePort, taken);
      if (detail !== undefined) return [invalid(PORTS.index(index).child('nodePort'), nodePort, detail)];
      taken.add(nodePort);
    }
    if (!byPort.has(number)) byPort.set(number, nodePort);
  }
  return NONE;
}

function problemOf(port: number, taken: ReadonlySet<number>): string | undefined {
  if (port < FIRST_NODE_PORT || port > LAST_NODE_PORT) return OUT_OF_RANGE;
  return taken.has(port) ? 'provided port is already allocated' : undefined;
}

/** Ports keep the Node port that the port of their name had. Source: storage.go `patchAllocatedValues`, 1.36. */
export function keepNodePorts(spec: JsonObject, old: JsonValue | undefined): JsonObject {
  const given = nodePortsOf(spec);
  const before = new Map(
    arrayAt(old, 'ports').map((port) => [textAt(port, 'name'), Number(integerAt(port, 'nodePort'))]),
  );
  return updateItems(spec, 'ports', (port) => {
    const nodePort = before.get(textAt(port, 'name')) ?? 0;
    if (integerAt(port, 'nodePort') !== 0 || nodePort === 0 || given.has(nodePort)) return port;
    return { ...port, nodePort };
  });
}
