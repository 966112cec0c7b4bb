import { nameAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

/** The account a Pod spec names, by the new field or the old; '' where it names none. */
export function serviceAccountOf(spec: JsonObject): string {
  return nameAt(spec, 'serviceAccountName') ?? nameAt(spec, 'serviceAccount') ?? '';
}
