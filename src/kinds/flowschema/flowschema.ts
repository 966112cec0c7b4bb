import { EVERYTHING } from '../../apimachinery/label-selector.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { SERVICE_ACCOUNT } from '../shared/core-kinds.ts';
import { FLOW_CONTROL_GROUP, OLDER_FLOW_CONTROL_VERSIONS } from '../shared/flow-control.ts';
import { nameReference, namespacedReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { groupReference, userReference } from '../shared/role-binding.ts';

/** flowcontrol.apiserver.k8s.io/v1 FlowSchema: which requests go to which priority level. */
export const flowSchema: KindDefinition = {
  group: FLOW_CONTROL_GROUP,
  version: 'v1',
  kind: 'FlowSchema',
  resource: 'flowschemas',
  shortNames: [],
  scope: 'Cluster',
  category: 'cluster',
  olderVersions: OLDER_FLOW_CONTROL_VERSIONS,
  newObject: (name) => ({
    apiVersion: `${FLOW_CONTROL_GROUP}/v1`,
    kind: 'FlowSchema',
    metadata: newMetadata(name),
    spec: { priorityLevelConfiguration: { name: 'global-default' }, matchingPrecedence: 1000 },
  }),
  references,
  disconnect,
  summary: (object) => ({
    fact: stringAt(object, ...LEVEL) ?? '',
    detail: `matchingPrecedence ${numberAt(object, 'spec', 'matchingPrecedence') ?? 1000}`,
  }),
  fields: [
    'spec.priorityLevelConfiguration.name',
    'spec.matchingPrecedence',
    'spec.distinguisherMethod.type',
    'spec.rules[*].subjects',
    'spec.rules[*].resourceRules',
    'spec.rules[*].nonResourceRules',
  ],
};

const LEVEL = ['spec', 'priorityLevelConfiguration', 'name'];

function references(object: JsonObject): readonly Reference[] {
  const level = { group: FLOW_CONTROL_GROUP, kind: 'PriorityLevelConfiguration', namespace: '' };
  return [
    ...nameReference(object, 'priorityLevel', LEVEL, level),
    ...arrayAt(object, 'spec', 'rules').flatMap((rule, index) =>
      arrayAt(rule, 'subjects').flatMap((_, at) => subjectReference(object, ['spec', 'rules', index, 'subjects', at])),
    ),
  ];
}

/** `*` stands for every user, group or ServiceAccount of the namespace. */
function subjectReference(object: JsonObject, path: Path): readonly Reference[] {
  switch (stringAt(object, ...path, 'kind')) {
    case 'User': {
      const user = nameAt(object, ...path, 'user', 'name');
      return user === undefined ? [] : [userReference('subject', [...path, 'user', 'name'], user)];
    }
    case 'Group': {
      const group = nameAt(object, ...path, 'group', 'name');
      return group === undefined ? [] : [groupReference('subject', [...path, 'group', 'name'], group)];
    }
    case 'ServiceAccount':
      return accountReference(object, [...path, 'serviceAccount']);
    default:
      return [];
  }
}

function accountReference(object: JsonObject, path: Path): readonly Reference[] {
  const namespace = nameAt(object, ...path, 'namespace');
  if (namespace === undefined) return [];
  if (stringAt(object, ...path, 'name') !== '*') {
    return namespacedReference(object, 'subject', path, { ...SERVICE_ACCOUNT, defaultNamespace: namespace });
  }
  const target = {
    by: 'objects',
    ...SERVICE_ACCOUNT,
    namespaces: { names: [namespace] },
    anyOf: [{ labels: EVERYTHING }],
  } as const;
  return [{ type: 'subject', field: [...path, 'name'], target, namespaceField: [...path, 'namespace'] }];
}

/** A rule needs a subject, so the last one takes its rule along. */
function disconnect(object: JsonObject, { type, field }: Reference): readonly FieldEdit[] | Refusal {
  if (type === 'priorityLevel') return { refused: 'disconnect.required' };
  const isLast = arrayAt(object, ...field.slice(0, 4)).length <= 1;
  return [{ op: 'delete', path: field.slice(0, isLast ? 3 : 5) }];
}
