import { labelsOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt, valueAt } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import { CONFIG_MAP } from '../shared/core-kinds.ts';
import { namespacedReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

const CONFIG_SOURCE = ['spec', 'configSource', 'configMap'];
const ROLE = 'node-role.kubernetes.io/';
const ZONE = 'topology.kubernetes.io/zone';

/** core/v1 Node. A new one has room for Pods, as the kubelet would report it. */
export const node: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'Node',
  resource: 'nodes',
  shortNames: ['no'],
  scope: 'Cluster',
  category: 'cluster',
  newObject: (name) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { ...newMetadata(name), labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
    status: {
      capacity: { cpu: '4', memory: '16Gi', pods: '110' },
      allocatable: { cpu: '4', memory: '16Gi', pods: '110' },
    },
  }),
  // The kubelet's configuration in a ConfigMap, until 1.23.
  references: (object) =>
    namespacedReference(object, 'parameters', CONFIG_SOURCE, { ...CONFIG_MAP, defaultNamespace: 'kube-system' }),
  disconnect: () => [{ op: 'delete', path: ['spec', 'configSource'] }],
  summary,
  fields: [
    'status.allocatable.cpu',
    'status.allocatable.memory',
    'status.allocatable.pods',
    'status.capacity',
    'spec.taints',
    'spec.unschedulable',
    'metadata.labels',
    'spec.podCIDR',
    'spec.providerID',
  ],
};

function summary(object: JsonObject): Summary {
  const labels = labelsOf(object);
  const room = (['cpu', 'memory'] as const).flatMap((resource) => {
    const text = quantityText(
      valueAt(object, 'status', 'allocatable', resource) ?? valueAt(object, 'status', 'capacity', resource),
    );
    return text === undefined ? [] : [`${resource} ${text}`];
  });
  const roles = [...labels.keys()].filter((key) => key.startsWith(ROLE)).map((key) => key.slice(ROLE.length));
  const taints = arrayAt(object, 'spec', 'taints').flatMap(taintText);
  const cordoned = valueAt(object, 'spec', 'unschedulable') === true ? ['unschedulable'] : [];
  const details = [...roles, labels.get(ZONE) ?? '', ...taints, ...cordoned].filter((word) => word !== '');
  return {
    ...(room.length > 0 && { fact: room.join(' · ') }),
    ...(details.length > 0 && { detail: details.join(' · ') }),
  };
}

/** A quantity is a string, or a number where nobody quoted it. */
function quantityText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** `gpu=yes:NoSchedule`, as `kubectl taint` takes it. */
function taintText(taint: JsonValue): readonly string[] {
  const key = nameAt(taint, 'key');
  if (key === undefined) return [];
  const value = nameAt(taint, 'value');
  return [`${key}${value === undefined ? '' : `=${value}`}:${nameAt(taint, 'effect') ?? ''}`];
}
