import { formatApiVersion, parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import { formatFieldError } from '../../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isKubernetesObject, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { asObject, isJsonObject, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { validateAnnotations, validateLabels } from '../../../kinds/shared/validation/labels.ts';

const GROUP = 'apiextensions.k8s.io';
const KNOWN_VERSIONS: readonly string[] = ['v1', 'v1beta1'];

/**
 * The review that asks a webhook for objects in another version, in the first of its versions that the server knows; words
 * where there is none. Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/conversion/webhook_converter.go
 * `createConversionReviewObjects`, 1.36.2.
 */
export function conversionReview(
  versions: readonly string[],
  objects: readonly KubernetesObject[],
  desiredAPIVersion: string,
  uid: string,
): JsonObject | string {
  const version = versions.find((one) => KNOWN_VERSIONS.includes(one));
  if (version === undefined) return 'no supported conversion review versions';
  return Object.freeze({
    kind: 'ConversionReview',
    apiVersion: formatApiVersion(GROUP, version),
    request: Object.freeze({ uid, desiredAPIVersion, objects }),
  });
}

/** The objects of a review's answer, or what is wrong with it. Source: the same file, `getConvertedObjectsFromResponse`. */
export function convertedObjects(uid: string, body: JsonValue, asked: string): readonly JsonValue[] | string {
  const response = objectAt(body, 'response');
  const isFirst = asked === formatApiVersion(GROUP, 'v1');
  if (isFirst) {
    const [apiVersion, kind] = ['apiVersion', 'kind'].map((field) => stringAt(body, field) ?? '') as [string, string];
    const { group, version } = parseApiVersion(apiVersion);
    if (apiVersion !== asked || kind !== 'ConversionReview')
      return `expected webhook response of ${GROUP}/v1, Kind=ConversionReview, got ${group}/${version}, Kind=${kind}`;
  }
  if (response === undefined) return 'no response provided';
  const given = stringAt(response, 'uid') ?? '';
  if (isFirst && given !== uid) return `expected response.uid="${uid}", got "${given}"`;
  const status = stringAt(response, 'result', 'status') ?? '';
  if (status !== 'Success') {
    const message = stringAt(response, 'result', 'message') ?? '';
    return message === '' ? `response.result.status was '${status}', not 'Success'` : message;
  }
  const objects = valueAt(response, 'convertedObjects');
  return Array.isArray(objects) ? (objects as readonly JsonValue[]) : [];
}

/** One object as a webhook has converted it; the words of what is wrong with it. Source: `Convert`. */
export function checkedConversion(
  original: KubernetesObject,
  converted: JsonValue | undefined,
  desiredAPIVersion: string,
): KubernetesObject | string {
  if (!isKubernetesObject(converted)) return "returned invalid object at index 0: Object 'Kind' is missing";
  if (converted.apiVersion !== desiredAPIVersion)
    return `returned invalid object at index 0: invalid groupVersion (expected ${desiredAPIVersion}, received ${converted.apiVersion})`;
  if (converted.kind !== original.kind)
    return `returned invalid object at index 0: invalid kind (expected ${original.kind}, received ${converted.kind})`;
  const uidOf = (object: KubernetesObject): string => stringAt(object, 'metadata', 'uid') ?? '';
  const same = [
    ['name', nameOf(original), nameOf(converted)],
    ['namespace', namespaceOf(original) ?? '', namespaceOf(converted) ?? ''],
    ['UID', uidOf(original), uidOf(converted)],
  ] as const;
  for (const [what, before, after] of same)
    if (before !== after) return `returned invalid object: must have the same ${what}: ${before} != ${after}`;
  const restored = restoredMetadata(original, converted);
  if (typeof restored === 'string') return `returned invalid metadata: ${restored}`;
  return { ...converted, metadata: restored };
}

/**
 * The metadata of an object after its conversion: of what a webhook gives back labels and annotations alone count.
 * Source: the same file, `restoreObjectMeta`.
 */
export function restoredMetadata(original: JsonObject, converted: JsonObject): JsonObject | string {
  const given = valueAt(converted, 'metadata');
  if (given === undefined) return 'missing metadata in converted object';
  if (!isJsonObject(given)) return `invalid metadata of type ${goTypeOf(given)} in converted object`;
  const own = valueAt(original, 'metadata') ?? {};
  if (!isJsonObject(own)) return `invalid metadata of type ${goTypeOf(own)} in input object`;
  const { labels, annotations, ...rest } = own;
  const restored: Record<string, JsonValue> = { ...(rest as JsonObject) } as Record<string, JsonValue>;
  for (const [field, before] of [
    ['labels', labels],
    ['annotations', annotations],
  ] as const) {
    const after = given[field];
    if (after === undefined || after === null) continue;
    const wrong = wrongField(field, before ?? null, after);
    if (wrong !== undefined) return wrong;
    restored[field] = after;
  }
  return restored;
}

function wrongField(field: 'labels' | 'annotations', before: JsonValue, after: JsonValue): string | undefined {
  if (!isJsonObject(after)) return `invalid metadata.${field} of type ${goTypeOf(after)} in converted object`;
  if (before !== null && !isJsonObject(before))
    return `invalid metadata.${field} of type ${goTypeOf(before)} in original object`;
  const old = asObject(before) ?? {};
  for (const [key, value] of Object.entries(after))
    if (typeof value !== 'string')
      return `metadata.${field}[${key}] must be a string, but is ${goTypeOf(value ?? null)} in converted object`;
  const isChanged =
    Object.keys(old).length !== Object.keys(after).length ||
    Object.entries(after).some(([key, value]) => old[key] !== value);
  if (!isChanged) return undefined;
  const path = ValidationPath.of('metadata');
  const errors =
    field === 'labels'
      ? validateLabels(after, path.child('labels'))
      : validateAnnotations(after, path.child('annotation'));
  if (errors.length === 0) return undefined;
  const words = [...new Set(errors.map(formatFieldError))];
  return words.length === 1 ? words[0] : `[${words.join(', ')}]`;
}

/** As `%T` of Go prints the type of JSON. */
function goTypeOf(value: JsonValue): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return 'map[string]interface {}';
}
