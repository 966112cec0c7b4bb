/** Meaning of the fast reader's plain scalars and keys. */
import type { JsonValue } from '../base/json.ts';
import { SPACE, TAB, giveUp } from './fast-cursor.ts';
import { ScalarError, keyOf, resolvePlain } from './scalar.ts';

export function plainValue(text: string): JsonValue {
  const value = resolvePlain(text);
  return value instanceof ScalarError ? giveUp() : value;
}

export function plainKey(text: string): string {
  if (text === '<<') giveUp();
  const value = resolvePlain(text);
  if (typeof value === 'string') return value;
  const key = value instanceof ScalarError ? value : keyOf(value, text);
  return key instanceof ScalarError ? giveUp() : key;
}

/** `end` moved left over blanks. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && (text.charCodeAt(last - 1) === SPACE || text.charCodeAt(last - 1) === TAB)) last--;
  return last;
}
