import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection, KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { disconnectListener, listenerSummary, serveCertificate } from '../shared/gateway-api/listener.editing.ts';
import {
  authorityReferences,
  listenerNames,
  listenerReferences,
  namespaceReferences,
} from '../shared/gateway-api/listener.references.ts';
import { GATEWAY_API, objectReference } from '../shared/gateway-api/object-reference.ts';
import { SECRET } from '../shared/core-kinds.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { ALREADY } from '../shared/same-namespace.ts';

const GATEWAY_CLASS = { group: GATEWAY_API, kind: 'GatewayClass' };

const useClass: Connection = {
  id: 'class',
  to: GATEWAY_CLASS,
  connect(source, target) {
    const name = nameOf(target);
    if (nameAt(source, 'spec', 'gatewayClassName') === name) return ALREADY;
    return { source: [{ op: 'set', path: ['spec', 'gatewayClassName'], value: name }] };
  },
};

export const gateway: KindDefinition = {
  group: GATEWAY_API,
  version: 'v1',
  kind: 'Gateway',
  resource: 'gateways',
  shortNames: ['gtw'],
  scope: 'Namespaced',
  category: 'network',
  olderVersions: [
    { group: GATEWAY_API, version: 'v1beta1' },
    { group: GATEWAY_API, version: 'v1alpha2' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'Gateway',
    metadata: newMetadata(name, namespace),
    spec: { gatewayClassName: 'example', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  }),
  references: (object) => [
    ...nameReference(object, 'class', ['spec', 'gatewayClassName'], { ...GATEWAY_CLASS, namespace: '' }),
    ...listenerReferences(object),
    ...tlsReferences(object),
    ...objectReference(object, 'parameters', ['spec', 'infrastructure', 'parametersRef'], undefined),
    ...namespaceReferences(object, ['spec', 'allowedListeners', 'namespaces']),
    ...addressReferences(object),
  ],
  // Routes and policies name a listener by `sectionName`, as Pods name an entry of a ConfigMap.
  keys: listenerNames,
  connections: [useClass, serveCertificate],
  disconnect,
  summary: (object) => listenerSummary(object, nameAt(object, 'spec', 'gatewayClassName')),
  fields: [
    'spec.gatewayClassName',
    'spec.listeners[*].name',
    'spec.listeners[*].port',
    'spec.listeners[*].protocol',
    'spec.listeners[*].hostname',
    'spec.listeners[*].tls.certificateRefs',
    'spec.listeners[*].allowedRoutes.namespaces.from',
    'spec.addresses',
  ],
};

/** TLS of the whole Gateway, since Gateway API 1.4: what clients must show, and what backends are shown. */
function tlsReferences(object: KubernetesObject): readonly Reference[] {
  const frontend = ['spec', 'tls', 'frontend'];
  return [
    ...authorityReferences(object, [...frontend, 'default', 'validation']),
    ...arrayAt(object, ...frontend, 'perPort').flatMap((_, index) =>
      authorityReferences(object, [...frontend, 'perPort', index, 'tls', 'validation']),
    ),
    ...objectReference(object, 'tls', ['spec', 'tls', 'backend', 'clientCertificateRef'], SECRET),
    // Before 1.4, experimental.
    ...objectReference(object, 'tls', ['spec', 'backendTLS', 'clientCertificateRef'], SECRET),
  ];
}

function addressReferences(object: KubernetesObject): readonly Reference[] {
  return arrayAt(object, 'spec', 'addresses').flatMap((address, index) => {
    const value = nameAt(address, 'value');
    if (value === undefined) return [];
    const what = nameAt(address, 'type') === 'Hostname' ? 'dnsName' : 'address';
    return [{ type: 'address', field: ['spec', 'addresses', index, 'value'], target: { by: 'external', what, value } }];
  });
}

function disconnect(object: KubernetesObject, reference: Reference): readonly FieldEdit[] | Refusal {
  const [, part, second, third] = reference.field;
  if (part === 'gatewayClassName') return { refused: 'disconnect.required' };
  if (part === 'infrastructure') return [{ op: 'delete', path: ['spec', 'infrastructure', 'parametersRef'] }];
  if (part === 'addresses') return [{ op: 'delete', path: reference.field.slice(0, 3) }];
  if (part === 'backendTLS') return [{ op: 'delete', path: ['spec', 'backendTLS'] }];
  if (second === 'backend') {
    const alone = objectAt(object, 'spec', 'tls', 'frontend') === undefined;
    return [{ op: 'delete', path: alone ? ['spec', 'tls'] : ['spec', 'tls', 'backend'] }];
  }
  if (second === 'frontend' && third === 'default' && isLastAuthority(object, reference)) {
    // `default` is required beside `perPort` and may be empty.
    return [{ op: 'set', path: ['spec', 'tls', 'frontend', 'default'], value: {} }];
  }
  return disconnectListener(object, reference);
}

function isLastAuthority(object: KubernetesObject, { field }: Reference): boolean {
  return arrayAt(object, ...field.slice(0, -2)).length <= 1;
}
