import type { JsonObject } from '../base/json.ts';
import { asName, isJsonObject, objectAt, step, stringMapAt, valueAt } from '../base/json.ts';

/**
 * An object as a manifest holds it: `apiVersion` and `kind` are there, everything else may be missing or malformed.
 * It is plain JSON and never changed in place.
 */
export interface KubernetesObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Whether a value says what it is. `kind: ""` and a numeric apiVersion do not. */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  return isJsonObject(value) && asName(value['apiVersion']) !== undefined && asName(value['kind']) !== undefined;
}

export function metadataOf(object: JsonObject): JsonObject | undefined {
  return objectAt(object, 'metadata');
}

/** `metadata.name`, or '' where there is none (a generateName, or a fragment). */
export function nameOf(object: JsonObject): string {
  return asName(valueAt(object, 'metadata', 'name')) ?? '';
}

/** `metadata.namespace`, or undefined where it is missing or empty. */
export function namespaceOf(object: JsonObject): string | undefined {
  return asName(valueAt(object, 'metadata', 'namespace'));
}

/** Whether it has been asked to go: it stays until its grace period and finalizers are over. */
export function isBeingDeleted(object: JsonObject): boolean {
  return asName(step(step(object, 'metadata'), 'deletionTimestamp')) !== undefined;
}

export function labelsOf(object: JsonObject): ReadonlyMap<string, string> {
  return stringMapAt(object, 'metadata', 'labels');
}

export function annotationsOf(object: JsonObject): ReadonlyMap<string, string> {
  return stringMapAt(object, 'metadata', 'annotations');
}
