import type { KindDefinition } from '../kind.ts';
import {
  DEVICE_GROUP,
  NEW_REQUEST,
  claimRequestReferences,
  disconnectRequest,
  olderDeviceVersions,
  requestDevice,
  requestSummary,
} from '../shared/device-request.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

const CLAIM = ['spec', 'spec'];

/** resource.k8s.io/v1 ResourceClaimTemplate: each Pod that names it gets a ResourceClaim of its own. */
export const resourceClaimTemplate: KindDefinition = {
  group: DEVICE_GROUP,
  version: 'v1',
  kind: 'ResourceClaimTemplate',
  resource: 'resourceclaimtemplates',
  shortNames: [],
  scope: 'Namespaced',
  category: 'cluster',
  olderVersions: olderDeviceVersions('v1alpha1'),
  newObject: (name, namespace) => ({
    apiVersion: `${DEVICE_GROUP}/v1`,
    kind: 'ResourceClaimTemplate',
    metadata: newMetadata(name, namespace),
    spec: { spec: { devices: { requests: [NEW_REQUEST] } } },
  }),
  references: (object) => claimRequestReferences(object, CLAIM, namespaceOrDefault(object)),
  connections: [requestDevice(CLAIM)],
  disconnect: (object, reference) => disconnectRequest(object, reference, CLAIM),
  summary: (object) => requestSummary(object, CLAIM),
  fields: [
    'spec.spec.devices.requests[*].name',
    'spec.spec.devices.requests[*].exactly.deviceClassName',
    'spec.spec.devices.requests[*].exactly.count',
    'spec.spec.devices.requests[*].exactly.selectors',
    'spec.spec.devices.requests[*].firstAvailable',
    'spec.spec.devices.constraints',
    'spec.spec.devices.config',
  ],
};
