import type { JsonObject } from '../../../base/json.ts';
import { nameAt } from '../../../base/json.ts';

/**
 * The account that a Pod spec names; undefined where none is written, which the server reads as `default`.
 * `serviceAccount` is the older name of the field and counts where the other is empty.
 */
export function serviceAccountNameOf(spec: JsonObject): string | undefined {
  return nameAt(spec, 'serviceAccountName') ?? nameAt(spec, 'serviceAccount');
}
