import { jsonEqual } from '../../../base/json.ts';
import { PatchError } from '../patch-result.ts';
import { compareTyped } from './compare-typed.ts';
import type { Comparison } from './compare-typed.ts';
import type { FieldSet } from './field-set.ts';
import { EMPTY_SET, difference, intersection, isEmptySet, union } from './field-set.ts';
import { fieldSetOfValue } from './field-set-of-value.ts';
import type { Managers, VersionedSet } from './managers.ts';
import { mergeTyped } from './merge-typed.ts';
import { pruneUnapplied } from './prune.ts';
import { reconcileWithSchema } from './reconcile-schema.ts';
import type { TypedValue } from './typed-value.ts';

/** What the updater must know of the kind. Source: merge/update.go of sigs.k8s.io/structured-merge-diff/v6. */
export interface UpdaterOptions {
  /** The object at another version of its kind; undefined where that version is no longer known. */
  convert(value: TypedValue, apiVersion: string): TypedValue | undefined;
  /** Leaves out fields that nobody may own through this endpoint (`status` of the main resource). */
  filter?(set: FieldSet, apiVersion: string): FieldSet;
}

/** An apply met fields that others own and that would change; by manager. */
export class OwnershipConflict extends PatchError {
  readonly conflicts: ReadonlyMap<string, FieldSet>;

  constructor(conflicts: ReadonlyMap<string, FieldSet>) {
    super('conflict', 409);
    this.conflicts = conflicts;
  }
}

/**
 * After a write by another verb than apply: the writer owns what changed, the others lose it. `compared`: how the two differ,
 * where that is known.
 */
export function updateManagers(
  live: TypedValue,
  next: TypedValue,
  apiVersion: string,
  managers: Managers,
  manager: string,
  options: UpdaterOptions,
  compared = compareTyped(live, next),
): Managers {
  const reconciled = reconcileManagers(live, managers, options);
  const { managers: rest, comparison } = transferOwnership(
    live,
    next,
    apiVersion,
    reconciled,
    manager,
    true,
    options,
    compared,
  );
  const own = rest.get(manager)?.set ?? EMPTY_SET;
  const changed = union(union(difference(own, comparison.removed), comparison.modified), comparison.added);
  const set = options.filter?.(changed, apiVersion) ?? changed;
  const result = new Map(rest);
  result.delete(manager);
  if (!isEmptySet(set)) result.set(manager, { set, apiVersion, applied: false });
  return result;
}

export interface Applied {
  /** Undefined where the configuration changes nothing. */
  readonly object: TypedValue | undefined;
  readonly managers: Managers;
}

/**
 * An apply: the configuration is merged into the live object, what the manager applied before and no longer applies is
 * removed unless someone else owns it. Throws OwnershipConflict unless forced.
 */
export function applyConfig(
  live: TypedValue,
  config: TypedValue,
  apiVersion: string,
  managers: Managers,
  manager: string,
  force: boolean,
  options: UpdaterOptions,
): Applied {
  const reconciled = reconcileManagers(live, managers, options);
  const merged: TypedValue = { value: mergeTyped(live.value, config.value, live.schema), schema: live.schema };
  const configSet = fieldSetOfValue(config);
  const set = options.filter?.(configSet, apiVersion) ?? configSet;
  const claimed = new Map(reconciled).set(manager, { set, apiVersion, applied: true });
  const pruned = pruneUnapplied(merged, claimed, apiVersion, reconciled.get(manager), options);
  const { managers: result } = transferOwnership(live, pruned, apiVersion, claimed, manager, force, options);
  const unchanged = jsonEqual(live.value ?? null, pruned.value ?? null);
  return { object: unchanged ? undefined : pruned, managers: result };
}

/** Takes from every other manager what changes or goes; refuses where that needs force. Empty managers disappear. */
function transferOwnership(
  live: TypedValue,
  next: TypedValue,
  apiVersion: string,
  managers: Managers,
  manager: string,
  force: boolean,
  options: UpdaterOptions,
  compared = compareTyped(live, next),
): { managers: Managers; comparison: Comparison } {
  const comparisons = new Map<string, Comparison | undefined>();
  const comparison = filtered(compared, apiVersion, options);
  comparisons.set(apiVersion, comparison);
  const result = new Map(managers);
  const conflicts = new Map<string, FieldSet>();
  for (const [other, owned] of managers) {
    if (other === manager) continue;
    const version = owned.apiVersion;
    if (!comparisons.has(version)) comparisons.set(version, compareAt(live, next, version, options));
    const changes = comparisons.get(version);
    if (!changes) {
      result.delete(other);
      continue;
    }
    const contested = intersection(owned.set, union(changes.modified, changes.added));
    if (!isEmptySet(contested)) conflicts.set(other, contested);
    const set = difference(difference(owned.set, contested), changes.removed);
    if (set !== owned.set) result.set(other, { ...owned, set });
  }
  if (!force && conflicts.size > 0) throw new OwnershipConflict(conflicts);
  for (const [other, owned] of result) if (isEmptySet(owned.set)) result.delete(other);
  return { managers: result, comparison };
}

function compareAt(
  live: TypedValue,
  next: TypedValue,
  version: string,
  options: UpdaterOptions,
): Comparison | undefined {
  const before = options.convert(live, version);
  const after = options.convert(next, version);
  return before && after && filtered(compareTyped(before, after), version, options);
}

function filtered(comparison: Comparison, version: string, { filter }: UpdaterOptions): Comparison {
  if (!filter) return comparison;
  const { added, modified, removed } = comparison;
  return { added: filter(added, version), modified: filter(modified, version), removed: filter(removed, version) };
}

/** Follows changes of the schema, and leaves out managers whose version is gone. */
function reconcileManagers(live: TypedValue, managers: Managers, options: UpdaterOptions): Managers {
  const result = new Map<string, VersionedSet>();
  for (const [manager, owned] of managers) {
    const typed = options.convert(live, owned.apiVersion);
    if (!typed) continue;
    const set = reconcileWithSchema(owned.set, typed.schema);
    result.set(manager, set === owned.set ? owned : { ...owned, set });
  }
  return result;
}
