import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import { isJsonObject, jsonEqual, valueAt } from '../../base/json.ts';
import { withoutPath } from '../json-path.ts';

/** What the server makes of an object; the same for two objects that mean the same. */
export type Defaulting = (object: KubernetesObject) => KubernetesObject;

/**
 * Fields that say something to a reader although the server would fill them in, or fill them in from others: a selector
 * and labels are how objects find each other, requests are what is planned with.
 */
const ALWAYS_SAID = new Set(['metadata', 'selector', 'resources']);
/** The same at the top of an object: what it is, and what of a Node's status is left. */
const ALWAYS_SAID_AT_TOP = new Set([...ALWAYS_SAID, 'apiVersion', 'kind', 'status']);

/**
 * The object without what the server fills in, and the fields that went. A field is a default where defaulting the object
 * without it gives the same as defaulting it whole; the largest such field goes first.
 */
export function withoutDefaults(
  object: KubernetesObject,
  setDefaults: Defaulting,
): { readonly object: KubernetesObject; readonly removed: readonly Path[] } {
  const whole = setDefaults(object);
  const removed: Path[] = [];
  let current = object;
  const visit = (path: Path): void => {
    const without = withoutPath(current, path) as KubernetesObject;
    if (typeof path.at(-1) === 'string' && jsonEqual(setDefaults(without), whole)) {
      current = without;
      removed.push(path);
      return;
    }
    for (const child of childrenOf(valueAt(current, ...path))) visit([...path, child]);
  };
  for (const key of childrenOf(object)) if (!ALWAYS_SAID_AT_TOP.has(String(key))) visit([key]);
  return { object: current, removed };
}

function childrenOf(value: JsonValue | undefined): readonly (string | number)[] {
  if (Array.isArray(value)) return value.map((_, index) => index);
  return isJsonObject(value) ? Object.keys(value).filter((key) => !ALWAYS_SAID.has(key)) : [];
}
