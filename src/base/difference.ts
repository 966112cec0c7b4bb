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
