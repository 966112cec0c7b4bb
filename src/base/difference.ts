/** What changed between two maps of immutable values: merging, saving and the worker all speak in it. */
export interface Difference<Value> {
  readonly added: ReadonlyMap<string, Value>;
  readonly updated: ReadonlyMap<string, readonly [from: Value, to: Value]>;
  readonly removed: ReadonlyMap<string, Value>;
}

/** Compares by identity: values that share structure are the same value. */
export function differenceOf<Value>(
  from: ReadonlyMap<string, Value>,
  to: ReadonlyMap<string, Value>,
): Difference<Value> {
  const added = new Map<string, Value>();
  const updated = new Map<string, readonly [Value, Value]>();
  const removed = new Map<string, Value>();
  if (from !== to) {
    for (const [key, value] of to) {
      if (!from.has(key)) added.set(key, value);
      else if (from.get(key) !== value) updated.set(key, [from.get(key)!, value]);
    }
    for (const [key, value] of from) if (!to.has(key)) removed.set(key, value);
  }
  return { added, updated, removed };
}

export function isEmptyDifference(difference: Difference<unknown>): boolean {
  return difference.added.size === 0 && difference.updated.size === 0 && difference.removed.size === 0;
}

/** The map after the change. Order: what stayed keeps its place, what is new comes last. */
export function applyDifference<Value>(
  from: ReadonlyMap<string, Value>,
  difference: Difference<Value>,
): ReadonlyMap<string, Value> {
  if (isEmptyDifference(difference)) return from;
  const next = new Map(from);
  for (const key of difference.removed.keys()) next.delete(key);
  for (const [key, [, value]] of difference.updated) next.set(key, value);
  for (const [key, value] of difference.added) next.set(key, value);
  return next;
}

/** The change that takes the other one back. */
export function reverseDifference<Value>(difference: Difference<Value>): Difference<Value> {
  const updated = new Map<string, readonly [Value, Value]>();
  for (const [key, [from, to]] of difference.updated) updated.set(key, [to, from]);
  return { added: difference.removed, updated, removed: difference.added };
}
