import type { JsonObject } from '../../../base/json.ts';
import type { PatchSchema } from '../patch-schema.ts';

/** Which differences a patch is to say; source: DiffOptions in strategicpatch/patch.go, 1.36. */
export interface Differ {
  /** Whether `$setElementOrder` is written. */
  readonly elementOrder: boolean;
  readonly ignoreChanges: boolean;
  readonly ignoreDeletions: boolean;
  /** Whether `$retainKeys` is written for this map. */
  readonly retainKeys: boolean;
  /** The difference of two items of a list; given here so that the files of maps and lists need no cycle. */
  diffMaps(original: JsonObject, modified: JsonObject, schema: PatchSchema, using: Differ): JsonObject;
}
