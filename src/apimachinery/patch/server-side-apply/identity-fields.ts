import { difference, fieldSetOf, isEmptySet } from './field-set.ts';
import type { Managers } from './managers.ts';
import { fieldElement } from './path-element.ts';

const METADATA = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'clusterName',
  'generation',
  'managedFields',
  'resourceVersion',
];

/** Fields that say which object it is belong to nobody. Source: managedfields/internal/stripmeta.go, 1.36. */
const IDENTITY_FIELDS = fieldSetOf(
  ...['apiVersion', 'kind', 'metadata'].map((name) => [fieldElement(name)]),
  ...METADATA.map((name) => [fieldElement('metadata'), fieldElement(name)]),
);

/** Takes the identity fields from one manager; it disappears where it owns nothing else. */
export function stripIdentityFields(managers: Managers, identifier: string): Managers {
  const owned = managers.get(identifier);
  if (!owned) return managers;
  const set = difference(owned.set, IDENTITY_FIELDS);
  const result = new Map(managers);
  if (isEmptySet(set)) result.delete(identifier);
  else result.set(identifier, { ...owned, set });
  return result;
}
