import type { FieldSet } from './field-set.ts';
import { EMPTY_SET, difference, intersection, isEmptySet, union, withDeclaredFields } from './field-set.ts';
import { fieldSetOfValue } from './field-set-of-value.ts';
import type { Managers, VersionedSet } from './managers.ts';
import { removeItems } from './remove-items.ts';
import type { TypedValue } from './typed-value.ts';

interface Converter {
  convert(value: TypedValue, apiVersion: string): TypedValue | undefined;
}

/**
 * Removes what the manager applied last and applies no longer, unless another manager owns it, or it holds something
 * that another manager owns. Source: prune in merge/update.go of sigs.k8s.io/structured-merge-diff/v6.
 */
export function pruneUnapplied(
  merged: TypedValue,
  managers: Managers,
  apiVersion: string,
  last: VersionedSet | undefined,
  converter: Converter,
): TypedValue {
  if (!last || isEmptySet(last.set)) return merged;
  const atLast = converter.convert(merged, last.apiVersion);
  if (!atLast) return merged;
  const without = removeItems(atLast, withDeclaredFields(last.set, atLast.schema));
  const withOwned = addBackOwned(atLast, without, last.apiVersion, managers, converter);
  const pruned = addBackDangling(atLast, withOwned, last, converter);
  return converter.convert(pruned, apiVersion) ?? pruned;
}

/** The version of the last apply comes first, then the others in order of name. */
function addBackOwned(
  merged: TypedValue,
  pruned: TypedValue,
  version: string,
  managers: Managers,
  converter: Converter,
): TypedValue {
  const owned = new Map<string, FieldSet>();
  for (const { set, apiVersion } of managers.values())
    owned.set(apiVersion, union(owned.get(apiVersion) ?? EMPTY_SET, set));
  const others = [...owned.keys()].filter((other) => other !== version).sort();
  let [whole, result] = [merged, pruned];
  for (const at of [version, ...others]) {
    const set = owned.get(at);
    const wholeAt = set && converter.convert(whole, at);
    if (!wholeAt) continue;
    whole = wholeAt;
    const resultAt = converter.convert(result, at);
    if (!resultAt) continue;
    const declared = (fields: FieldSet): FieldSet => withDeclaredFields(fields, wholeAt.schema);
    const kept = union(declared(fieldSetOfValue(resultAt)), declared(set));
    result = removeItems(wholeAt, difference(declared(fieldSetOfValue(wholeAt)), kept));
  }
  return result;
}

/** Only what the manager itself applied last may go. */
function addBackDangling(merged: TypedValue, pruned: TypedValue, last: VersionedSet, converter: Converter): TypedValue {
  const atLast = converter.convert(pruned, last.apiVersion);
  if (!atLast) return merged;
  const declared = (fields: FieldSet): FieldSet => withDeclaredFields(fields, merged.schema);
  const gone = difference(declared(fieldSetOfValue(merged)), declared(fieldSetOfValue(atLast)));
  return removeItems(merged, intersection(gone, declared(last.set)));
}
