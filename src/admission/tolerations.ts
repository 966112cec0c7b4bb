import type { JsonValue } from '../base/json.ts';
import { numberAt, stringAt } from '../base/json.ts';
import { semanticEqual } from '../kinds/shared/validation/semantic-equal.ts';

/**
 * Tolerations without those that another one covers; of equal ones the first stays.
 * Source: pkg/util/tolerations/tolerations.go `MergeTolerations`, 1.36.
 */
export function mergeTolerations(all: readonly JsonValue[]): readonly JsonValue[] {
  const merged: JsonValue[] = [];
  for (const [index, toleration] of all.entries()) {
    if (merged.some((kept) => covers(kept, toleration))) continue;
    const later = all.slice(index + 1);
    if (later.some((other) => !semanticEqual(toleration, other) && covers(other, toleration))) continue;
    merged.push(toleration);
  }
  return merged;
}

/** Whether each toleration is covered by one that is allowed; where nothing is listed, everything is. */
export function areAllowed(tolerations: readonly JsonValue[], allowed: readonly JsonValue[]): boolean {
  if (allowed.length === 0) return true;
  return tolerations.every((toleration) => allowed.some((wide) => covers(wide, toleration)));
}

/** Whether one toleration tolerates all that another does: `isSuperset`. */
function covers(wide: JsonValue, narrow: JsonValue): boolean {
  if (semanticEqual(wide, narrow)) return true;
  const [wideOperator, wideKey, wideEffect] = [text(wide, 'operator'), text(wide, 'key'), text(wide, 'effect')];
  if (text(narrow, 'key') !== wideKey && (wideKey !== '' || wideOperator !== 'Exists')) return false;
  if (text(narrow, 'effect') !== wideEffect && wideEffect !== '') return false;
  if (wideEffect === 'NoExecute') {
    const wideSeconds = numberAt(wide, 'tolerationSeconds');
    const seconds = numberAt(narrow, 'tolerationSeconds');
    if (wideSeconds !== undefined && (seconds === undefined || seconds > wideSeconds)) return false;
  }
  if (wideOperator === 'Exists') return true;
  if (wideOperator !== 'Equal' && wideOperator !== '') return false;
  return text(narrow, 'operator') === 'Equal' && text(narrow, 'value') === text(wide, 'value');
}

function text(value: JsonValue, field: string): string {
  return stringAt(value, field) ?? '';
}
