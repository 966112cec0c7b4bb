import type { KubernetesObject } from '../../apimachinery/object.ts';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import { isJsonObject, valueAt } from '../../base/json.ts';
import type { Suggestion } from '../../kit/suggest-input.tsx';

/** Fields of a Script that say how a run is. */
const OF_THE_RUN: readonly Suggestion[] = [
  { id: 'topology.nodes', hint: '3' },
  { id: 'topology.nodeSize', hint: 'small' },
  { id: 'topology.etcdMembers', hint: '1, 3, 5' },
  { id: 'options.managedFields', hint: 'true, false' },
  { id: 'options.heartbeats', hint: 'single, together' },
  { id: 'options.clientLimits.kube-controller-manager.qps', hint: '20, 100' },
  { id: 'options.proxyMode', hint: 'iptables, nftables, ipvs' },
  { id: 'options.podNetwork', hint: 'bridge, overlay, routed' },
  { id: 'options.authorization', hint: 'RBAC, AlwaysAllow' },
  { id: 'steps[0].request.rate', hint: '10' },
];

/** Fields that somebody may want to vary though the manifest leaves them out, by the field that must be there. */
const ALSO: readonly (readonly [beside: Path, field: string])[] = [
  [['spec', 'template'], 'spec.replicas'],
  [['spec', 'strategy'], 'spec.strategy.rollingUpdate.maxSurge'],
  [['spec', 'strategy'], 'spec.strategy.rollingUpdate.maxUnavailable'],
  [['spec', 'template'], 'spec.minReadySeconds'],
  [['spec', 'template', 'spec', 'containers', 0], 'spec.template.spec.containers[0].resources.requests.cpu'],
  [['spec', 'template', 'spec', 'containers', 0], 'spec.template.spec.containers[0].resources.requests.memory'],
  [['spec', 'template', 'spec'], 'spec.template.spec.terminationGracePeriodSeconds'],
];

/** Fields that can be varied: those of an object that hold one value, or those of the run. */
export function knownFields(object: KubernetesObject | undefined): readonly Suggestion[] {
  if (object === undefined) return OF_THE_RUN;
  const found = new Map<string, string>();
  collect(object['spec'], ['spec'], found);
  const also = object.kind === 'Deployment' ? [...ALSO, [['spec'], ALSO[1]![1]], [['spec'], ALSO[2]![1]]] : ALSO;
  for (const [beside, field] of also as typeof ALSO)
    if (valueAt(object, ...beside) !== undefined && !found.has(field)) found.set(field, '');
  return [...found].map(([id, hint]) => (hint === '' ? { id } : { id, hint }));
}

function collect(value: JsonValue | undefined, path: Path, found: Map<string, string>): void {
  if (Array.isArray(value))
    (value as readonly JsonValue[]).forEach((item, index) => collect(item, [...path, index], found));
  else if (isJsonObject(value)) for (const [key, item] of Object.entries(value)) collect(item, [...path, key], found);
  else if (value !== undefined && value !== null) found.set(formatFieldPath(path), String(value));
}
