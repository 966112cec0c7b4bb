import type { Path } from '../../base/json.ts';
import { asName } from '../../base/json.ts';
import type { Reference, ReferenceType } from '../reference.ts';
import { CONFIG_MAP, SECRET } from './core-kinds.ts';
import { referenceTo } from './name-reference.ts';
import type { NamedKind, ReferenceDetails } from './name-reference.ts';

/**
 * References of a part of an object, a Pod spec or a claim spec, which stands at different paths in different kinds:
 * the value is given, and the field that it was read from.
 */
export function referenceByName(
  type: ReferenceType,
  name: unknown,
  field: Path,
  target: NamedKind,
  details?: ReferenceDetails,
): readonly Reference[] {
  const written = asName(name);
  return written === undefined ? [] : [referenceTo(type, field, { ...target, name: written }, details)];
}

/** The reference that a field makes to something outside the cluster; none where the value is empty. */
export function referenceToOutside(
  type: ReferenceType,
  value: unknown,
  field: Path,
  what: 'image' | 'service' | 'url',
): readonly Reference[] {
  const written = asName(value);
  return written === undefined ? [] : [{ type, field, target: { by: 'external', what, value: written } }];
}

export const configMapIn = (namespace: string): NamedKind => ({ ...CONFIG_MAP, namespace });
export const secretIn = (namespace: string): NamedKind => ({ ...SECRET, namespace });
export const clusterScoped = (group: string, kind: string): NamedKind => ({ group, kind, namespace: '' });

/** What the API calls `optional: true`, as part of a reference. */
export function optionalWhen(value: unknown): { readonly optional?: true } {
  return value === true ? { optional: true } : {};
}
