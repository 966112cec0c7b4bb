import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Note } from '../note.ts';

/** One field that differs. A field that only one side has lacks the other value. */
export interface FieldDifference {
  /** `spec.template.spec.containers[name=web].image`: an item of a list is named by its key, where it has one. */
  readonly field: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

export interface ObjectDifference {
  /** Of the second side; of the first where the object is gone. */
  readonly id: ObjectIdentity;
  readonly change: 'added' | 'removed' | 'changed' | 'renamed';
  /** What a renamed object was called. */
  readonly from?: ObjectIdentity;
  /** Of a changed object, and of a renamed one whose fields differ, too. */
  readonly fields: readonly FieldDifference[];
}

export interface Comparison {
  readonly differences: readonly ObjectDifference[];
  /** How many objects are the same on both sides. */
  readonly same: number;
  /** What was taken away of either side before comparing: the work of a cluster. */
  readonly notes: readonly Note[];
}
