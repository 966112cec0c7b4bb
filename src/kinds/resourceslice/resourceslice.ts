import type { JsonObject, Path } from '../../base/json.ts';
import { arrayAt, nameAt, stringAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { NODE } from '../shared/core-kinds.ts';
import { DEVICE_GROUP, olderDeviceVersions } from '../shared/device-request.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { nodeSelectorTerms, nodesMatching } from '../shared/node-selector.ts';

/** resource.k8s.io/v1 ResourceSlice: devices that a driver offers, on one Node, on some or on all. */
export const resourceSlice: KindDefinition = {
  group: DEVICE_GROUP,
  version: 'v1',
  kind: 'ResourceSlice',
  resource: 'resourceslices',
  shortNames: [],
  scope: 'Cluster',
  category: 'cluster',
  olderVersions: olderDeviceVersions('v1alpha2'),
  newObject: (name) => ({
    apiVersion: `${DEVICE_GROUP}/v1`,
    kind: 'ResourceSlice',
    metadata: newMetadata(name),
    spec: {
      driver: 'device.example.com',
      pool: { name, generation: 1, resourceSliceCount: 1 },
      allNodes: true,
      devices: [{ name: 'device-0' }],
    },
  }),
  references,
  // Exactly one of nodeName, nodeSelector and allNodes is required.
  disconnect: () => ({ refused: 'disconnect.required' }),
  summary: (object) => ({
    fact: `devices ${arrayAt(object, 'spec', 'devices').length}`,
    detail: nameAt(object, 'spec', 'driver') ?? stringAt(object, 'driverName') ?? '',
  }),
  fields: ['spec.driver', 'spec.pool.name', 'spec.nodeName', 'spec.nodeSelector', 'spec.allNodes', 'spec.devices'],
};

/** v1alpha2 has no spec; until v1beta1 what is said of a device stands below `basic`. */
function references(object: JsonObject): readonly Reference[] {
  return [
    ...nodeReferences(object, []),
    ...nodeReferences(object, ['spec']),
    ...arrayAt(object, 'spec', 'devices').flatMap((_, index) => {
      const device = ['spec', 'devices', index];
      return [...nodeReferences(object, device), ...nodeReferences(object, [...device, 'basic'])];
    }),
  ];
}

function nodeReferences(object: JsonObject, path: Path): readonly Reference[] {
  const field = [...path, 'nodeSelector', 'nodeSelectorTerms'];
  const terms = nodeSelectorTerms(arrayAt(object, ...field));
  return [
    ...nameReference(object, 'node', [...path, 'nodeName'], { ...NODE, namespace: '' }),
    ...(terms.length > 0 ? [{ type: 'nodeAffinity', field, target: nodesMatching(terms) } as const] : []),
  ];
}
