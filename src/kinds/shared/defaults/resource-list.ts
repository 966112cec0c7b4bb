import { formatQuantity, readQuantityField, roundUpQuantity } from '../../../apimachinery/quantity.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { updateField, updateStruct } from './fill-in.ts';

const MILLI = -3;
/** Quantities without a fraction or a small suffix need no rounding. */
const WHOLE = /^[0-9]+(?:[mkMGTPE]|[KMGTPE]i)?$/;

/** Amounts of resources are rounded up to thousandths. Source: pkg/apis/core/v1/defaults.go `SetDefaults_ResourceList`, 1.36. */
export function defaultResourceList(list: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(list)) return list;
  let rounded: JsonObject = list;
  for (const name of Object.keys(list)) {
    const before = list[name];
    const after = roundUp(before);
    if (after !== before) rounded = { ...rounded, [name]: after };
  }
  return rounded;
}

function roundUp(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'string' && WHOLE.test(value)) return value;
  const quantity = readQuantityField(value);
  if (typeof quantity === 'string') return value;
  const rounded = roundUpQuantity(quantity, MILLI);
  return rounded.exact ? value : formatQuantity(rounded.quantity);
}

/** `resources` with its limits and requests rounded. */
export function defaultResources<T extends JsonObject>(object: T): T {
  if (!isJsonObject(object['resources'])) return object;
  return updateStruct(object, 'resources', (resources) =>
    updateField(updateField(resources, 'limits', defaultResourceList), 'requests', defaultResourceList),
  );
}
