import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import type { Connection, KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { addressReference, nodeReference, targetReference } from '../shared/endpoint.references.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { ALREADY, refuseOtherNamespace } from '../shared/same-namespace.ts';

/** Source: staging/src/k8s.io/api/discovery/v1/well_known_labels.go, 1.36. */
const SERVICE_LABEL: Path = ['metadata', 'labels', 'kubernetes.io/service-name'];
const SERVICE = { group: '', kind: 'Service' };

const serveService: Connection = {
  id: 'select',
  to: SERVICE,
  connect(source, target) {
    const elsewhere = refuseOtherNamespace(source, target);
    if (elsewhere) return elsewhere;
    const value = nameOf(target);
    return stringAt(source, ...SERVICE_LABEL) === value
      ? ALREADY
      : { source: [{ op: 'set', path: SERVICE_LABEL, value }] };
  },
};

export const endpointSlice: KindDefinition = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  resource: 'endpointslices',
  shortNames: [],
  scope: 'Namespaced',
  category: 'network',
  olderVersions: [
    { group: 'discovery.k8s.io', version: 'v1beta1' },
    { group: 'discovery.k8s.io', version: 'v1alpha1' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: newMetadata(name, namespace),
    addressType: 'IPv4',
    endpoints: [],
    ports: [{ port: 80 }],
  }),
  references: (object) => [
    ...nameReference(object, 'endpointsOf', SERVICE_LABEL, { ...SERVICE, namespace: namespaceOrDefault(object) }),
    ...arrayAt(object, 'endpoints').flatMap((_, index) => endpointReferences(object, ['endpoints', index])),
  ],
  connections: [serveService],
  // The list of endpoints is required and may be empty.
  disconnect: (_, { type, field }) => [{ op: 'delete', path: type === 'endpoint' ? field.slice(0, 2) : field }],
  summary,
  fields: [
    'addressType',
    'endpoints[*].addresses',
    'endpoints[*].conditions.ready',
    'endpoints[*].targetRef.name',
    'ports[*].name',
    'ports[*].port',
  ],
};

function endpointReferences(object: KubernetesObject, path: Path): readonly Reference[] {
  const target = targetReference(object, path);
  const what = stringAt(object, 'addressType') === 'FQDN' ? 'dnsName' : 'address';
  const addresses = arrayAt(object, ...path, 'addresses').flatMap((address, index) =>
    addressReference(address, [...path, 'addresses', index], what),
  );
  const named = nodeReference(object, [...path, 'nodeName']);
  return [
    ...(target.length > 0 ? target : addresses),
    // v1beta1 wrote the node into a map.
    ...(named.length > 0 ? named : nodeReference(object, [...path, 'topology', 'kubernetes.io/hostname'])),
  ];
}

/** Address type and ports, as `kubectl get endpointslices` prints them. */
function summary(object: KubernetesObject): Summary {
  const ports = arrayAt(object, 'ports').flatMap((port) => numberAt(port, 'port') ?? []);
  const fact = nameAt(object, 'addressType');
  return { ...(fact !== undefined && { fact }), ...(ports.length > 0 && { detail: ports.join(', ') }) };
}
