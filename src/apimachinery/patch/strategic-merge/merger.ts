import type { JsonObject } from '../../../base/json.ts';
import type { PatchSchema } from '../patch-schema.ts';

/** What the merge of a list needs of the merge of its items; it keeps the two files free of a cycle. */
export interface Merger {
  /** `apply` changes an object by a patch; `combine` joins two patches into one, keeping directives and nulls. */
  readonly mode: 'apply' | 'combine';
  mergeMap(original: JsonObject, patch: JsonObject, schema: PatchSchema): JsonObject;
}
