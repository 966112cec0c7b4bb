import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, asNumber, nameAt, numberAt, valueAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection, KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { SECRET } from '../shared/core-kinds.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { ALREADY, refuseOtherNamespace } from '../shared/same-namespace.ts';
import { servicePortsOf } from '../shared/service-ports.ts';

const GROUP = 'route.openshift.io';
const SERVICE = { group: '', kind: 'Service' };

/** Route → Service: the Service it sends to, or one more that shares the requests. */
const routeToService: Connection = {
  id: 'route',
  to: SERVICE,
  connect(source, target) {
    const elsewhere = refuseOtherNamespace(source, target);
    if (elsewhere) return elsewhere;
    const name = nameOf(target);
    const known = backendReferences(source).some(({ target: to }) => to.by === 'name' && to.name === name);
    if (known) return ALREADY;
    const value = { kind: 'Service', name };
    const main = nameAt(source, 'spec', 'to', 'name');
    // The Service of a new route is required and stands for nothing yet: it is named as the route.
    if (main !== undefined && main !== nameOf(source)) {
      return { source: [{ op: 'append', path: ['spec', 'alternateBackends'], value: { ...value, weight: 100 } }] };
    }
    const edits: FieldEdit[] = [{ op: 'set', path: ['spec', 'to'], value }];
    const ports = servicePortsOf(target);
    if (ports.length > 1) {
      edits.push({ op: 'set', path: ['spec', 'port'], value: { targetPort: ports[0]!.name ?? ports[0]!.targetPort } });
    }
    return { source: edits };
  },
};

/** OpenShift's Route. */
export const route: KindDefinition = {
  group: GROUP,
  version: 'v1',
  kind: 'Route',
  resource: 'routes',
  shortNames: [],
  scope: 'Namespaced',
  category: 'custom',
  // Before OpenShift 3.9 the kind stood in the core group.
  olderVersions: [{ group: '', version: 'v1' }],
  newObject: (name, namespace) => ({
    apiVersion: `${GROUP}/v1`,
    kind: 'Route',
    metadata: newMetadata(name, namespace),
    spec: { to: { kind: 'Service', name } },
  }),
  references: (object) => [
    ...backendReferences(object),
    ...nameReference(object, 'tls', ['spec', 'tls', 'externalCertificate', 'name'], {
      ...SECRET,
      namespace: namespaceOrDefault(object),
    }),
  ],
  connections: [routeToService],
  disconnect,
  summary,
  fields: [
    'spec.host',
    'spec.path',
    'spec.to.name',
    'spec.to.weight',
    'spec.port.targetPort',
    'spec.alternateBackends',
    'spec.tls.termination',
  ],
};

function backendReferences(object: KubernetesObject): readonly Reference[] {
  const others = arrayAt(object, 'spec', 'alternateBackends');
  return [
    ...backend(object, ['spec', 'to']),
    ...others.flatMap((_, index) => backend(object, ['spec', 'alternateBackends', index])),
  ];
}

/** `port.targetPort` is a port of the Pods, or the name of a port of the Service; only a name is told at the Service. */
function backend(object: KubernetesObject, path: Path): readonly Reference[] {
  const target = {
    group: '',
    kind: nameAt(object, ...path, 'kind') ?? 'Service',
    namespace: namespaceOrDefault(object),
  };
  const port = asName(valueAt(object, 'spec', 'port', 'targetPort'));
  return nameReference(object, 'backend', [...path, 'name'], target, port === undefined ? {} : { port });
}

/** The first Service is required; where others share its requests, the next takes its place. */
function disconnect(object: KubernetesObject, { type, field }: Reference): readonly FieldEdit[] | Refusal {
  if (type === 'tls') return [{ op: 'delete', path: ['spec', 'tls', 'externalCertificate'] }];
  if (field[1] === 'alternateBackends') return [removeListItem(object, field.slice(0, 3))];
  const next = valueAt(object, 'spec', 'alternateBackends', 0);
  if (next === undefined) return { refused: 'disconnect.required' };
  return [{ op: 'set', path: ['spec', 'to'], value: next }, removeListItem(object, ['spec', 'alternateBackends', 0])];
}

/** Host and path, and how TLS ends. */
function summary(object: KubernetesObject): Summary {
  const fact = nameAt(object, 'spec', 'host');
  const path = nameAt(object, 'spec', 'path') ?? '';
  const port = asNumber(numberAt(object, 'spec', 'port', 'targetPort')) ?? nameAt(object, 'spec', 'port', 'targetPort');
  const detail = [nameAt(object, 'spec', 'tls', 'termination'), port].filter((part) => part !== undefined).join(', ');
  return { ...(fact !== undefined && { fact: `${fact}${path}` }), ...(detail !== '' && { detail }) };
}
