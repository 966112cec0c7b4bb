import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, objectAt, stringAt } from '../../../base/json.ts';
import { LAST_APPLIED } from '../../last-applied.ts';
import { withKey, withoutKey } from '../json-edit.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { compareTyped } from './compare-typed.ts';
import type { FieldSet } from './field-set.ts';
import { difference, isEmptySet } from './field-set.ts';
import { fieldSetOfValue } from './field-set-of-value.ts';
import { toGoJson } from './go-json.ts';
import { validateTyped } from './validate-typed.ts';

/** All annotations of an object together, in bytes (apimachinery/pkg/api/validation/objectmeta.go, 1.36). */
const MAX_ANNOTATIONS_BYTES = 256 * 1024;

/**
 * Conflicts that remain when `kubectl apply --server-side` takes over from `kubectl apply`: fields that still have the
 * value which the annotation says was applied are kubectl's own. Source: managedfields/internal/lastappliedmanager.go.
 */
export function conflictsNotLastApplied(
  conflicts: ReadonlyMap<string, FieldSet>,
  live: JsonObject,
  { schema, apiVersion }: { readonly schema: PatchSchema; readonly apiVersion: string },
): ReadonlyMap<string, FieldSet> {
  const last = parseObject(stringAt(live, 'metadata', 'annotations', LAST_APPLIED) ?? '');
  if (!last || stringAt(last, 'apiVersion') !== apiVersion) return conflicts;
  if (validateTyped(live, schema, false).length > 0 || validateTyped(last, schema, false).length > 0) return conflicts;
  const lastTyped = { value: last, schema };
  const { added, modified, removed } = compareTyped(lastTyped, { value: live, schema });
  const unchanged = difference(difference(difference(fieldSetOfValue(lastTyped), modified), added), removed);
  const rest = new Map<string, FieldSet>();
  for (const [manager, set] of conflicts) {
    const disputed = difference(set, unchanged);
    if (!isEmptySet(disputed)) rest.set(manager, disputed);
  }
  return rest;
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps the annotation up to date while the object has one, so that client-side apply still works after server-side
 * apply by the manager `kubectl`. Source: managedfields/internal/lastappliedupdater.go, 1.36.
 */
export function refreshLastApplied(object: JsonObject, config: JsonObject, manager: string): JsonObject {
  const annotations = objectAt(object, 'metadata', 'annotations');
  const metadata = objectAt(object, 'metadata');
  if (manager !== 'kubectl' || !metadata || !annotations || (stringAt(annotations, LAST_APPLIED) ?? '') === '')
    return object;
  const next = withKey(annotations, LAST_APPLIED, `${toGoJson(withoutAnnotation(config))}\n`);
  const kept = fitInAnObject(next) ? next : withoutKey(next, LAST_APPLIED);
  return withKey(object, 'metadata', withKey(metadata, 'annotations', kept));
}

function withoutAnnotation(config: JsonObject): JsonObject {
  const metadata = objectAt(config, 'metadata');
  const annotations = objectAt(metadata, 'annotations');
  if (!metadata || !annotations) return config;
  const rest = withoutKey(annotations, LAST_APPLIED);
  return withKey(config, 'metadata', withKey(metadata, 'annotations', rest));
}

/** Whether a server takes so long annotations on one object. */
export function fitInAnObject(annotations: JsonObject): boolean {
  const encoder = new TextEncoder();
  const size = (text: string): number => encoder.encode(text).length;
  const bytes = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + size(key) + size(typeof value === 'string' ? value : ''),
    0,
  );
  return bytes <= MAX_ANNOTATIONS_BYTES;
}
