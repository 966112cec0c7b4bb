import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, nameAt, stringAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import {
  DEVICE_GROUP,
  NEW_REQUEST,
  claimRequestReferences,
  disconnectRequest,
  olderDeviceVersions,
  requestDevice,
  requestSummary,
} from '../shared/device-request.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { nodeSelectorTerms, nodesMatching } from '../shared/node-selector.ts';
import { kindOfResource } from '../shared/resource-kind.ts';

/** resource.k8s.io/v1 ResourceClaim. */
export const resourceClaim: KindDefinition = {
  group: DEVICE_GROUP,
  version: 'v1',
  kind: 'ResourceClaim',
  resource: 'resourceclaims',
  shortNames: [],
  scope: 'Namespaced',
  category: 'cluster',
  olderVersions: olderDeviceVersions('v1alpha1'),
  newObject: (name, namespace) => ({
    apiVersion: `${DEVICE_GROUP}/v1`,
    kind: 'ResourceClaim',
    metadata: newMetadata(name, namespace),
    spec: { devices: { requests: [NEW_REQUEST] } },
  }),
  references,
  connections: [requestDevice(['spec'])],
  disconnect: (object, reference) =>
    reference.field[0] === 'status'
      ? [{ op: 'delete', path: reference.field.slice(0, -1) }]
      : disconnectRequest(object, reference, ['spec']),
  summary: (object) => requestSummary(object, ['spec']),
  fields: [
    'spec.devices.requests[*].name',
    'spec.devices.requests[*].exactly.deviceClassName',
    'spec.devices.requests[*].exactly.count',
    'spec.devices.requests[*].exactly.selectors',
    'spec.devices.requests[*].firstAvailable',
    'spec.devices.constraints',
    'spec.devices.config',
  ],
};

const ALLOCATED_ON = ['status', 'allocation', 'nodeSelector', 'nodeSelectorTerms'];

function references(object: KubernetesObject): readonly Reference[] {
  const namespace = namespaceOrDefault(object);
  const terms = nodeSelectorTerms(arrayAt(object, ...ALLOCATED_ON));
  return [
    ...claimRequestReferences(object, ['spec'], namespace),
    ...(terms.length > 0 ? [{ type: 'nodeAffinity', field: ALLOCATED_ON, target: nodesMatching(terms) } as const] : []),
    ...arrayAt(object, 'status', 'reservedFor').flatMap((consumer, index) => {
      const resource = kindOfResource(stringAt(consumer, 'apiGroup') ?? '', stringAt(consumer, 'resource') ?? '');
      if (!resource) return [];
      const { group, kind } = resource;
      const field = ['status', 'reservedFor', index, 'name'];
      const uid = nameAt(consumer, 'uid');
      // The consumer comes and goes; the controller clears the entry some time later.
      return nameReference(object, 'attachment', field, { group, kind, namespace }, { uid, optional: true });
    }),
  ];
}
