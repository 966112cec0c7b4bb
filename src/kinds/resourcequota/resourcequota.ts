import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asName, objectAt, stringAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { STORAGE_CLASS, VOLUME_ATTRIBUTES_CLASS } from '../shared/core-kinds.ts';
import { referenceTo } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** core/v1 ResourceQuota: limits of the namespace that it lives in. */
export const resourceQuota: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  resource: 'resourcequotas',
  shortNames: ['quota'],
  scope: 'Namespaced',
  category: 'cluster',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: newMetadata(name, namespace),
    spec: { hard: { pods: '20', 'requests.cpu': '4', 'requests.memory': '8Gi' } },
  }),
  references: (object) => [...classReferences(object), ...scopeReferences(object)],
  disconnect,
  summary: (object) => {
    const hard = objectAt(object, 'spec', 'hard') ?? {};
    return {
      fact: Object.keys(hard)
        .map((key) => `${key} ${quantityText(hard[key])}`)
        .join(' · '),
    };
  },
  fields: ['spec.hard', 'spec.scopes', 'spec.scopeSelector.matchExpressions'],
};

function quantityText(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const DEVICE_CLASS = { group: 'resource.k8s.io', kind: 'DeviceClass' };

/**
 * Keys of `spec.hard` that count for one class only.
 * Source: pkg/quota/v1/evaluator/core/{persistent_volume_claims,resource_claims,pods}.go, 1.36.
 */
const CLASS_KEYS = [
  { pattern: /^(.+)(\.storageclass\.storage\.k8s\.io\/.*)$/, kind: STORAGE_CLASS },
  { pattern: /^(.+)(\.deviceclass\.resource\.k8s\.io\/devices)$/, kind: DEVICE_CLASS },
];
const EXTENDED_RESOURCE = 'requests.deviceclass.resource.kubernetes.io/';

function classReferences(object: JsonObject): readonly Reference[] {
  return Object.keys(objectAt(object, 'spec', 'hard') ?? {}).flatMap((key): readonly Reference[] => {
    const field = ['spec', 'hard', key];
    for (const { pattern, kind } of CLASS_KEYS) {
      const [, name, rest] = pattern.exec(key) ?? [];
      if (name === undefined || rest === undefined) continue;
      const target = { ...kind, namespace: '', name };
      return [referenceTo('quotaScope', field, target, { inKey: true, nameFormat: `{name}${rest}` })];
    }
    const name = key.startsWith(EXTENDED_RESOURCE) ? key.slice(EXTENDED_RESOURCE.length) : '';
    if (name === '') return [];
    const target = { ...DEVICE_CLASS, namespace: '', name };
    return [referenceTo('quotaScope', field, target, { inKey: true, nameFormat: `${EXTENDED_RESOURCE}{name}` })];
  });
}

const SCOPE_KINDS = new Map([
  ['PriorityClass', { group: 'scheduling.k8s.io', kind: 'PriorityClass' }],
  ['VolumeAttributesClass', VOLUME_ATTRIBUTES_CLASS],
]);

/** Scopes that name classes: Pods of these PriorityClasses, claims of these VolumeAttributesClasses. */
function scopeReferences(object: JsonObject): readonly Reference[] {
  const path = ['spec', 'scopeSelector', 'matchExpressions'];
  return arrayAt(object, ...path).flatMap((expression, index) => {
    const kind = SCOPE_KINDS.get(stringAt(expression, 'scopeName') ?? '');
    if (!kind) return [];
    return arrayAt(expression, 'values').flatMap((value, at) => {
      const name = asName(value);
      if (name === undefined) return [];
      return [referenceTo('quotaScope', [...path, index, 'values', at], { ...kind, namespace: '', name })];
    });
  });
}

/** The last value of a scope stays: `In` without values is refused, and without the scope the quota would hold for all. */
function disconnect(object: JsonObject, { field, inKey }: Reference): readonly FieldEdit[] | Refusal {
  const isLast = !inKey && arrayAt(object, ...field.slice(0, -1)).length <= 1;
  return isLast ? { refused: 'disconnect.required' } : [{ op: 'delete', path: field }];
}
