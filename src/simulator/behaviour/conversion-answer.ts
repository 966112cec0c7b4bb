import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import { applyJsonPatch } from '../../apimachinery/patch/json-patch.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asObject, isJsonObject, stringAt } from '../../base/json.ts';
import type { ConversionAnswer } from './behaviour.ts';
import { isWithin } from './behaviour.ts';
import { isLike } from './behaviour-of.ts';

/** What a webhook says to a ConversionReview: the answer that fits its first object; the apiVersion alone changes where none does. */
export function conversionAnswer(answers: readonly ConversionAnswer[], review: JsonObject, nowMs: number) {
  const desired = stringAt(review, 'request', 'desiredAPIVersion') ?? '';
  const objects = arrayAt(review, 'request', 'objects');
  return answers.find((one) => isWithin(one, nowMs) && fits(one, objects[0], desired)) ?? {};
}

function fits({ of = {} }: ConversionAnswer, object: JsonValue | undefined, desired: string): boolean {
  const { kinds, namespace, name, to } = of;
  if (to !== undefined && to !== parseApiVersion(desired).version) return false;
  if (kinds !== undefined && !kinds.includes(stringAt(object, 'kind') ?? '')) return false;
  if (namespace !== undefined && namespace !== stringAt(object, 'metadata', 'namespace')) return false;
  return name === undefined || isLike(stringAt(object, 'metadata', 'name') ?? '', name);
}

/** The review with its response. */
export function convertedReview({ patch = [], failure }: ConversionAnswer, review: JsonObject): JsonObject {
  const apiVersion = stringAt(review, 'request', 'desiredAPIVersion') ?? '';
  const converted = arrayAt(review, 'request', 'objects').map((object) =>
    patch.reduce(patched, { ...asObject(object), apiVersion } as JsonObject),
  );
  return Object.freeze({
    kind: 'ConversionReview',
    apiVersion: stringAt(review, 'apiVersion') ?? '',
    response: Object.freeze({
      uid: stringAt(review, 'request', 'uid') ?? '',
      ...(failure === undefined ? { convertedObjects: converted } : {}),
      result: failure === undefined ? { status: 'Success' } : { status: 'Failure', message: failure },
    }),
  });
}

function patched(object: JsonObject, operation: JsonValue): JsonObject {
  const result = applyJsonPatch(object, [operation]);
  return result.ok && isJsonObject(result.value) ? result.value : object;
}
