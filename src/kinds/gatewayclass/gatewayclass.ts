import { nameAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { GATEWAY_API, objectReference } from '../shared/gateway-api/object-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { classControllerReferences } from '../shared/class-controller.ts';

export const gatewayClass: KindDefinition = {
  group: GATEWAY_API,
  version: 'v1',
  kind: 'GatewayClass',
  resource: 'gatewayclasses',
  shortNames: ['gc'],
  scope: 'Cluster',
  category: 'network',
  olderVersions: [
    { group: GATEWAY_API, version: 'v1beta1' },
    { group: GATEWAY_API, version: 'v1alpha2' },
  ],
  newObject: (name) => ({
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'GatewayClass',
    metadata: newMetadata(name),
    spec: { controllerName: 'example.com/gateway-controller' },
  }),
  references: (object) => [
    ...classControllerReferences(object, ['spec', 'controllerName']),
    ...objectReference(object, 'parameters', ['spec', 'parametersRef'], undefined),
  ],
  disconnect: (_, { type }) =>
    type === 'parameters' ? [{ op: 'delete', path: ['spec', 'parametersRef'] }] : { refused: 'disconnect.required' },
  summary: (object) => {
    const fact = nameAt(object, 'spec', 'controllerName');
    return fact === undefined ? {} : { fact };
  },
  fields: [
    'spec.controllerName',
    'spec.description',
    'spec.parametersRef.kind',
    'spec.parametersRef.name',
    'spec.parametersRef.namespace',
  ],
};
