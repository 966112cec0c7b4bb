import type { JsonObject } from '../../base/json.ts';
import { PatchError, attempt } from './patch-result.ts';
import type { PatchResult } from './patch-result.ts';
import type { PatchSchema } from './patch-schema.ts';
import { patchesConflict } from './strategic-merge/conflicts.ts';
import { changesOnly, deletionsOnly, diffMaps, twoWay, withoutOrder } from './strategic-merge/diff.ts';
import { applying, combining } from './strategic-merge/merge.ts';

/*
 * Strategic merge patch: a merge patch that knows from the schema which lists merge by a key.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go, 1.36.
 */

/** Applies a strategic merge patch as the API server does. 400 and 422 for a bad patch, 500 for a field without schema. */
export function applyStrategicMergePatch(
  original: JsonObject,
  patch: JsonObject,
  schema: PatchSchema,
): PatchResult<JsonObject> {
  return attempt(() => applying.mergeMap(original, patch, schema));
}

/** The patch that turns one object into another, as `kubectl edit` sends it. */
export function createTwoWayStrategicMergePatch(
  original: JsonObject,
  modified: JsonObject,
  schema: PatchSchema,
): PatchResult<JsonObject> {
  return attempt(() => diffMaps(original, modified, schema, twoWay));
}

/** What a three-way patch is made of. */
export interface ThreeWay {
  /** The configuration applied last (the annotation `kubectl.kubernetes.io/last-applied-configuration`). */
  readonly original: JsonObject;
  /** The configuration to apply. */
  readonly modified: JsonObject;
  /** The live object. */
  readonly current: JsonObject;
}

/**
 * The patch that `kubectl apply` sends: changes against the live object, removals against what was applied last.
 * Without `overwrite`, 409 where someone else changed what the patch changes (`kubectl apply --overwrite=false`).
 */
export function createThreeWayStrategicMergePatch(
  { original, modified, current }: ThreeWay,
  schema: PatchSchema,
  overwrite = true,
): PatchResult<JsonObject> {
  return attempt(() => {
    const changes = diffMaps(current, modified, schema, changesOnly);
    const deletions = diffMaps(original, modified, schema, deletionsOnly);
    const patch = combining.mergeMap(deletions, changes, schema);
    if (overwrite) return patch;
    const byOthers = diffMaps(original, current, schema, withoutOrder);
    if (patchesConflict(patch, byOthers, schema)) throw conflict(patch, byOthers);
    return patch;
  });
}

/** Upstream prints both patches as YAML; JSON is YAML too, and this folder writes none. */
function conflict(patch: JsonObject, byOthers: JsonObject): PatchError {
  const words = 'conflicts with changes made from original to current';
  return new PatchError(`patch:\n${printable(patch)}\n${words}:\n${printable(byOthers)}\n`, 409);
}

function printable(patch: JsonObject): string {
  return JSON.stringify(patch, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2);
}
