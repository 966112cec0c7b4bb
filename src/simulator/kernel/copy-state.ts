import { View } from '../client/view.ts';
import { SortedMap } from './sorted-map.ts';

/**
 * A copy of a component's state that the running component will not change. State is plain data: records, lists, maps and
 * sets of strings, numbers and API objects. What is frozen, and a View, never changes and is shared; a SortedMap copies
 * itself in constant time.
 */
export function copyState<State>(state: State): State {
  return copyValue(state) as State;
}

function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || value instanceof View) return value;
  if (value instanceof SortedMap) return value.copy();
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
