import { View } from '../client/view.ts';
import { SharedLog } from './shared-log.ts';
import { SortedMap } from './sorted-map.ts';

/**
 * A copy of a component's state that the running component will not change. State is plain data: records, lists, maps and
 * sets of strings, numbers and API objects. What is frozen, and a View, never changes and is shared; a SortedMap, a SharedLog
 * and a LazyCopyMap share what they hold until it is changed.
 */
export function copyState<State>(state: State): State {
  return copyValue(state) as State;
}

function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || value instanceof View) return value;
  if (value instanceof SortedMap || value instanceof LazyCopyMap || value instanceof SharedLog) return value.copy();
  if (Array.isArray(value)) return value.map(copyValue);
  if (value instanceof Map) {
    const copied = new Map<unknown, unknown>();
    for (const [key, item] of value) copied.set(key, copyValue(item));
    return copied;
  }
  if (value instanceof Set) return new Set(value);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = copyValue((value as Record<string, unknown>)[key]);
  return copy;
}

/**
 * A map of records that their owner changes in place, of which a copy shares every record until somebody asks for it: who
 * is given one is given his own. In the order in which keys were added.
 */
export class LazyCopyMap<Key, Value> {
  private readonly held: Map<Key, Value>;
  /** Keys of the records that nobody else holds. */
  private readonly own = new Set<Key>();

  constructor(values: ReadonlyMap<Key, Value> = new Map()) {
    this.held = new Map(values);
  }

  get size(): number {
    return this.held.size;
  }

  copy(): LazyCopyMap<Key, Value> {
    this.own.clear();
    return new LazyCopyMap(this.held);
  }

  has(key: Key): boolean {
    return this.held.has(key);
  }

  get(key: Key): Value | undefined {
    const value = this.held.get(key);
    if (value === undefined || this.own.has(key)) return value;
    const copy = copyState(value);
    this.set(key, copy);
    return copy;
  }

  set(key: Key, value: Value): void {
    this.held.set(key, value);
    this.own.add(key);
  }

  delete(key: Key): boolean {
    this.own.delete(key);
    return this.held.delete(key);
  }

  /** Every record, to be changed. */
  *values(): Generator<Value> {
    for (const key of this.held.keys()) {
      const value = this.get(key);
      if (value !== undefined) yield value;
    }
  }
}
