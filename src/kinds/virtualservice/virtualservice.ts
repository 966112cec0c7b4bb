import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, nameAt, numberAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection, KindDefinition, Summary } from '../kind.ts';
import type { Reference, ReferenceType } from '../reference.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { nameReference, namespaceOrDefault, referenceTo } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { ISTIO, ISTIO_VERSIONS, hostReference } from '../shared/istio/host.ts';
import { ALREADY, refuseOtherNamespace } from '../shared/same-namespace.ts';
import { servicePortsOf } from '../shared/service-ports.ts';

const PROTOCOLS = ['http', 'tls', 'tcp'] as const;
const ISTIO_GATEWAY = { group: ISTIO, kind: 'Gateway' };

/** Fields as of Istio 1.25 (networking/v1alpha3/virtual_service.proto). */
export const virtualService: KindDefinition = {
  group: ISTIO,
  version: 'v1',
  kind: 'VirtualService',
  resource: 'virtualservices',
  shortNames: ['vs'],
  scope: 'Namespaced',
  category: 'custom',
  olderVersions: ISTIO_VERSIONS,
  newObject: (name, namespace) => ({
    apiVersion: `${ISTIO}/v1`,
    kind: 'VirtualService',
    metadata: newMetadata(name, namespace),
    spec: { hosts: ['example.com'], http: [{ redirect: { uri: '/' } }] },
  }),
  references: (object) => [
    ...gatewayReferences(object),
    ...hostReferences(object),
    ...PROTOCOLS.flatMap((protocol) =>
      arrayAt(object, 'spec', protocol).flatMap((_, index) => routeReferences(object, ['spec', protocol, index])),
    ),
  ],
  connections: [attachToGateway(), routeToService()],
  disconnect,
  summary,
  fields: [
    'spec.hosts',
    'spec.gateways',
    'spec.http[*].match',
    'spec.http[*].route',
    'spec.http[*].timeout',
    'spec.http[*].retries',
  ],
};

/** `name`, or `namespace/name`; `mesh` means all sidecars and is no object. */
function gatewayReferences(object: KubernetesObject): readonly Reference[] {
  return arrayAt(object, 'spec', 'gateways').flatMap((value, index) => {
    const written = asName(value);
    if (written === undefined || written === 'mesh') return [];
    const field = ['spec', 'gateways', index];
    const slash = written.indexOf('/');
    const namespace = slash < 0 ? namespaceOrDefault(object) : written.slice(0, slash);
    const name = written.slice(slash + 1);
    if (name === '' || namespace === '') return [];
    const details = slash < 0 ? {} : { nameFormat: '{namespace}/{name}', namespaceField: field };
    return [referenceTo('parent', field, { ...ISTIO_GATEWAY, namespace, name }, details)];
  });
}

/** Services whose callers are routed; a host of the world outside is a name and no target. */
function hostReferences(object: KubernetesObject): readonly Reference[] {
  return arrayAt(object, 'spec', 'hosts')
    .flatMap((_, index) => hostReference(object, 'policyTarget', ['spec', 'hosts', index]))
    .filter(({ target }) => target.by === 'name');
}

function routeReferences(object: KubernetesObject, route: Path): readonly Reference[] {
  const delegate = {
    group: ISTIO,
    kind: 'VirtualService',
    namespace: nameAt(object, ...route, 'delegate', 'namespace') ?? namespaceOrDefault(object),
  };
  return [
    ...arrayAt(object, ...route, 'route').flatMap((_, index) =>
      destination(object, 'backend', [...route, 'route', index, 'destination']),
    ),
    ...destination(object, 'mirror', [...route, 'mirror']),
    ...arrayAt(object, ...route, 'mirrors').flatMap((_, index) =>
      destination(object, 'mirror', [...route, 'mirrors', index, 'destination']),
    ),
    ...nameReference(object, 'extension', [...route, 'delegate', 'name'], delegate),
  ];
}

function destination(object: KubernetesObject, type: ReferenceType, path: Path): readonly Reference[] {
  const port = numberAt(object, ...path, 'port', 'number');
  return hostReference(object, type, [...path, 'host'], port === undefined ? {} : { port });
}

function attachToGateway(): Connection {
  return {
    id: 'attach',
    to: ISTIO_GATEWAY,
    connect(source, target) {
      const name = nameOf(target);
      const namespace = namespaceOrDefault(target);
      const attached = gatewayReferences(source).some(
        ({ target: to }) => to.by === 'name' && to.name === name && to.namespace === namespace,
      );
      if (attached) return ALREADY;
      const value = refuseOtherNamespace(source, target) ? `${namespace}/${name}` : name;
      return { source: [{ op: 'append', path: ['spec', 'gateways'], value }] };
    },
  };
}

/** One more route of the first HTTP rule that has none and redirects nowhere, else one more HTTP rule. */
function routeToService(): Connection {
  return {
    id: 'route',
    to: { group: '', kind: 'Service' },
    connect(source, target) {
      const name = nameOf(target);
      const namespace = namespaceOrDefault(target);
      const routed = virtualService
        .references(source)
        .some(
          ({ type, target: to }) =>
            type === 'backend' && to.by === 'name' && to.name === name && to.namespace === namespace,
        );
      if (routed) return ALREADY;
      const ports = servicePortsOf(target);
      if (ports.length === 0) return { refused: 'connect.noPort' };
      const host = refuseOtherNamespace(source, target) ? `${name}.${namespace}.svc.cluster.local` : name;
      const value = { destination: { host, ...(ports.length > 1 && { port: { number: ports[0]!.port } }) } };
      return { source: [{ op: 'append', path: ['spec', 'http'], value: { route: [value] } }] };
    },
  };
}

/** A route of several goes alone; the last takes its rule along, because a rule must lead somewhere. */
function disconnect(object: KubernetesObject, { type, field }: Reference): readonly FieldEdit[] | Refusal {
  if (type === 'parent') return [removeListItem(object, field)];
  if (type === 'policyTarget') {
    const isOnly = arrayAt(object, 'spec', 'hosts').length <= 1;
    return isOnly ? { refused: 'disconnect.required' } : [removeListItem(object, field)];
  }
  const rule = field.slice(0, 3);
  const [part, index] = field.slice(3);
  if (part === 'mirrors' && typeof index === 'number') return [removeListItem(object, field.slice(0, 5))];
  if (part === 'mirror' || part === 'delegate') return [{ op: 'delete', path: field.slice(0, 4) }];
  if (arrayAt(object, ...rule, 'route').length > 1) return [{ op: 'delete', path: field.slice(0, 5) }];
  const rules = PROTOCOLS.reduce((sum, protocol) => sum + arrayAt(object, 'spec', protocol).length, 0);
  return rules > 1 ? [removeListItem(object, rule)] : { refused: 'disconnect.required' };
}

/** Hosts, as Istio's own printer column. */
function summary(object: KubernetesObject): Summary {
  const fact = arrayAt(object, 'spec', 'hosts')
    .flatMap((host) => asName(host) ?? [])
    .join(', ');
  const detail = arrayAt(object, 'spec', 'gateways')
    .flatMap((name) => asName(name) ?? [])
    .join(', ');
  return { ...(fact !== '' && { fact }), ...(detail !== '' && { detail }) };
}
