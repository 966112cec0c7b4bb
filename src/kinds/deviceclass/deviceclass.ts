import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { DEVICE_GROUP, olderDeviceVersions } from '../shared/device-request.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { nodeSelectorTerms, nodesMatching } from '../shared/node-selector.ts';

/** Only in v1alpha3. */
const SUITABLE_NODES = ['spec', 'suitableNodes', 'nodeSelectorTerms'];

/** resource.k8s.io/v1 DeviceClass. */
export const deviceClass: KindDefinition = {
  group: DEVICE_GROUP,
  version: 'v1',
  kind: 'DeviceClass',
  resource: 'deviceclasses',
  shortNames: [],
  scope: 'Cluster',
  category: 'cluster',
  olderVersions: olderDeviceVersions('v1alpha3'),
  newObject: (name) => ({
    apiVersion: `${DEVICE_GROUP}/v1`,
    kind: 'DeviceClass',
    metadata: newMetadata(name),
    spec: { selectors: [{ cel: { expression: 'device.driver == "device.example.com"' } }] },
  }),
  references: (object) => {
    const terms = nodeSelectorTerms(arrayAt(object, ...SUITABLE_NODES));
    return terms.length > 0 ? [{ type: 'nodeAffinity', field: SUITABLE_NODES, target: nodesMatching(terms) }] : [];
  },
  disconnect: () => [{ op: 'delete', path: SUITABLE_NODES.slice(0, -1) }],
  summary,
  fields: ['spec.selectors[*].cel.expression', 'spec.config', 'spec.extendedResourceName'],
};

function summary(object: JsonObject) {
  const [expression] = arrayAt(object, 'spec', 'selectors').flatMap(
    (selector) => nameAt(selector, 'cel', 'expression') ?? [],
  );
  const name = nameAt(object, 'spec', 'extendedResourceName');
  return { ...(name !== undefined && { fact: name }), ...(expression !== undefined && { detail: expression }) };
}
