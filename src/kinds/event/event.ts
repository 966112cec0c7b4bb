import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import type { JsonObject } from '../../base/json.ts';
import { nameAt } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { scopeOfKind } from '../shared/kind-scope.ts';
import { nameReference, namespaceOrDefault, namespacedReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** core/v1 Event. The same objects are served as events.k8s.io/v1, where `involvedObject` is called `regarding`. */
export const event: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'Event',
  resource: 'events',
  shortNames: ['ev'],
  scope: 'Namespaced',
  category: 'cluster',
  olderVersions: [
    { group: 'events.k8s.io', version: 'v1' },
    { group: 'events.k8s.io', version: 'v1beta1' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: newMetadata(name, namespace),
    // An Event about a namespaced object lives in that object's namespace.
    involvedObject: { apiVersion: 'v1', kind: 'Pod', name: 'pod', namespace: namespace ?? DEFAULT_NAMESPACE },
    reason: 'Reason',
    message: '',
    type: 'Normal',
  }),
  references: (object) =>
    ['involvedObject', 'regarding', 'related'].flatMap((field) => regardingReference(object, field)),
  disconnect: (_, { field }) =>
    field[0] === 'related' ? [{ op: 'delete', path: ['related'] }] : { refused: 'disconnect.required' },
  summary,
  fields: ['type', 'reason', 'message', 'note', 'involvedObject', 'regarding', 'count'],
};

function regardingReference(object: JsonObject, field: string): readonly Reference[] {
  const kind = nameAt(object, field, 'kind');
  if (kind === undefined) return [];
  const { group } = parseApiVersion(nameAt(object, field, 'apiVersion') ?? 'v1');
  if (scopeOfKind(group, kind) === 'Cluster') {
    // The uid is left out: the kubelet writes the Node's name there.
    return nameReference(object, 'regarding', [field, 'name'], { group, kind, namespace: '' });
  }
  const target = { group, kind, defaultNamespace: namespaceOrDefault(object) };
  return namespacedReference(object, 'regarding', [field], target, { uid: nameAt(object, field, 'uid') });
}

function summary(object: JsonObject): Summary {
  const fact = nameAt(object, 'reason');
  const detail = nameAt(object, 'message') ?? nameAt(object, 'note');
  return { ...(fact !== undefined && { fact }), ...(detail !== undefined && { detail }) };
}
