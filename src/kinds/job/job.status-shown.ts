import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';

/** Pods that ended and are not counted yet, as the server prints them. */
export function shownUncounted(uncounted: JsonValue | undefined): JsonValue {
  return { Succeeded: valueAt(uncounted, 'succeeded') ?? null, Failed: valueAt(uncounted, 'failed') ?? null };
}
