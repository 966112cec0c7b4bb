import { nameOf } from '../../apimachinery/object.ts';
import { EVERYTHING } from '../../apimachinery/label-selector.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { arrayAt, asName, nameAt, stringAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection, Summary } from '../kind.ts';
import type { ExternalKind, Reference } from '../reference.ts';
import { SERVICE_ACCOUNT } from './core-kinds.ts';
import { removeListItem } from './list-edit.ts';
import { namespaceOrDefault, referenceTo } from './name-reference.ts';
import { ALREADY } from './same-namespace.ts';

/** What RoleBinding and ClusterRoleBinding share: `roleRef` and `subjects`. */
export const RBAC_GROUP = 'rbac.authorization.k8s.io';

/**
 * `namespace` is that of a RoleBinding, '' for a ClusterRoleBinding. A Role is found in it, a ClusterRole in none; a
 * ClusterRoleBinding cannot bind a Role. Source: pkg/registry/rbac/validation/rule.go, 1.36.
 */
export function bindingReferences(object: JsonObject, namespace: string): readonly Reference[] {
  return [
    ...roleReference(object, namespace),
    ...arrayAt(object, 'subjects').flatMap((_, index) => subjectReference(object, ['subjects', index], namespace)),
  ];
}

function roleReference(object: JsonObject, namespace: string): readonly Reference[] {
  const name = nameAt(object, 'roleRef', 'name');
  const kind = stringAt(object, 'roleRef', 'kind');
  const group = nameAt(object, 'roleRef', 'apiGroup') ?? RBAC_GROUP;
  if (name === undefined || group !== RBAC_GROUP) return [];
  const field = ['roleRef', 'name'];
  if (kind === 'ClusterRole') return [referenceTo('role', field, { group, kind, namespace: '', name })];
  if (kind === 'Role' && namespace !== '') return [referenceTo('role', field, { group, kind, namespace, name })];
  return [];
}

function subjectReference(object: JsonObject, path: Path, namespace: string): readonly Reference[] {
  const field = [...path, 'name'];
  const name = nameAt(object, ...field);
  if (name === undefined) return [];
  switch (stringAt(object, ...path, 'kind')) {
    case 'ServiceAccount': {
      const written = nameAt(object, ...path, 'namespace');
      const of = written ?? namespace;
      // Without a namespace, a subject of a ClusterRoleBinding means nobody.
      if (of === '') return [];
      const namespaceField = written === undefined ? {} : { namespaceField: [...path, 'namespace'] };
      return [referenceTo('subject', field, { ...SERVICE_ACCOUNT, namespace: of, name }, namespaceField)];
    }
    case 'User':
      return [userReference('subject', field, name)];
    case 'Group':
      return [groupReference('subject', field, name)];
    default:
      return [];
  }
}

const USER_PREFIX = 'system:serviceaccount:';
const GROUP_PREFIX = 'system:serviceaccounts';

/** A user name; `system:serviceaccount:shop:web` is a ServiceAccount. */
export function userReference(type: 'subject', field: Path, user: string): Reference {
  const [namespace, name, ...rest] = user.startsWith(USER_PREFIX) ? user.slice(USER_PREFIX.length).split(':') : [];
  if (!asName(namespace) || !asName(name) || rest.length > 0) return external(type, field, 'user', user);
  const nameFormat = `${USER_PREFIX}{namespace}:{name}`;
  return referenceTo(type, field, { ...SERVICE_ACCOUNT, namespace: namespace!, name: name! }, { nameFormat });
}

/** A group; `system:serviceaccounts` is every ServiceAccount, `system:serviceaccounts:shop` those of one namespace. */
export function groupReference(type: 'subject', field: Path, group: string): Reference {
  const namespace = group.startsWith(`${GROUP_PREFIX}:`) ? group.slice(GROUP_PREFIX.length + 1) : undefined;
  if (group !== GROUP_PREFIX && namespace === undefined) return external(type, field, 'group', group);
  const namespaces = namespace === undefined ? 'all' : { names: [namespace] };
  return { type, field, target: { by: 'objects', ...SERVICE_ACCOUNT, namespaces, anyOf: [{ labels: EVERYTHING }] } };
}

function external(type: 'subject', field: Path, what: ExternalKind, value: string): Reference {
  return { type, field, target: { by: 'external', what, value } };
}

/** Arrows to a role of that kind: the binding binds it, in place of the one that it binds now. */
export function bindRole(kind: 'Role' | 'ClusterRole'): Connection {
  return {
    id: 'bindRole',
    to: { group: RBAC_GROUP, kind },
    connect: (source, target) => {
      const name = nameOf(target);
      if (name === '') return { refused: 'connect.noMeaning' };
      if (kind === 'Role' && namespaceOrDefault(source) !== namespaceOrDefault(target)) {
        const params = { source: namespaceOrDefault(source), target: namespaceOrDefault(target) };
        return { refused: 'connect.otherNamespace', params };
      }
      if (stringAt(source, 'roleRef', 'kind') === kind && stringAt(source, 'roleRef', 'name') === name) return ALREADY;
      return { source: [{ op: 'set', path: ['roleRef'], value: { apiGroup: RBAC_GROUP, kind, name } }] };
    },
  };
}

/** Arrows to a ServiceAccount, of any namespace. `namespaceOf` gives the binding's own namespace, '' for none. */
export function bindSubject(namespaceOfBinding: (source: JsonObject) => string): Connection {
  return {
    id: 'bindSubject',
    to: SERVICE_ACCOUNT,
    connect: (source, target) => {
      const name = nameOf(target);
      if (name === '') return { refused: 'connect.noMeaning' };
      const namespace = namespaceOrDefault(target);
      const isBound = bindingReferences(source, namespaceOfBinding(source)).some(
        ({ type, target: bound }) =>
          type === 'subject' && bound.by === 'name' && bound.name === name && bound.namespace === namespace,
      );
      if (isBound) return ALREADY;
      return { source: [{ op: 'append', path: ['subjects'], value: { kind: 'ServiceAccount', name, namespace } }] };
    },
  };
}

/** A subject is one entry of a list; a binding without roleRef is refused. */
export function disconnectBinding(object: JsonObject, { type, field }: Reference): readonly FieldEdit[] | Refusal {
  return type === 'role' ? { refused: 'disconnect.required' } : [removeListItem(object, field.slice(0, -1))];
}

/** `ClusterRole/view`, as `kubectl get rolebindings` shows the role, and how many subjects there are. */
export function bindingSummary(object: JsonObject): Summary {
  const kind = stringAt(object, 'roleRef', 'kind') ?? '';
  const name = stringAt(object, 'roleRef', 'name') ?? '';
  return { fact: `${kind}/${name}`, detail: `subjects ${arrayAt(object, 'subjects').length}` };
}
