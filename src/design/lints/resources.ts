import { isZeroQuantity, quantityOf } from '../../apimachinery/quantity.ts';
import { valueAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { NO_SPOTS } from './spots.ts';
import type { Spot } from './spots.ts';

/** A request or limit of a container that is missing or nothing. */
export function unset(container: JsonObject, list: string, resource: string): readonly Spot[] {
  const at = ['resources', list, resource];
  const written = valueAt(container, ...at);
  const quantity = quantityOf(written);
  const isUnset = written === undefined || written === null || (quantity !== undefined && isZeroQuantity(quantity));
  return isUnset ? [{ at }] : NO_SPOTS;
}
