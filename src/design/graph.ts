import type { ObjectIdentity } from '../apimachinery/object-identity.ts';
import type { Reference } from '../kinds/reference.ts';
import type { RecordId } from './design.ts';

/**
 * A reference that was looked up: who points, at what, and whether it is there.
 *
 * One entry stands for one thing that is said. Sender, type, field, target and `key` of the declaration tell entries
 * apart: a volume that takes two entries of a ConfigMap gives two entries with one field and two keys, and a Pod spec
 * with `serviceAccount` beside `serviceAccountName` gives one for each field, since a rename edits both. Pictures
 * gather them into one line. A selector gives an entry for each object that it selects, save the object that bears it:
 * an arrow from an object to itself says nothing. A selector that selects only its bearer gives none, and counts as met.
 * Records of one identity are one object: of several, the nearest to the one that points is taken.
 */
export interface ResolvedReference {
  /** Position in `ReferenceGraph.references`; valid for this graph only. */
  readonly index: number;
  readonly from: RecordId;
  /** The record pointed at; null where it is not in the design. */
  readonly to: RecordId | null;
  /** What is pointed at, whether or not it is in the design; null for selectors without a match and for externals. */
  readonly toIdentity: ObjectIdentity | null;
  readonly declaration: Reference;
  /** The target is in the design, is made by something in it, or is there in every cluster. */
  readonly resolved: boolean;
  /** Why a target that is no record counts as resolved. */
  readonly because?: 'provided' | 'made' | 'external';
  /** Who makes a target that no manifest holds: the StatefulSet of a claim, the Certificate of a Secret. */
  readonly maker?: RecordId;
}

/** All references of a design, and who is used by whom. */
export interface ReferenceGraph {
  readonly references: readonly ResolvedReference[];
  /** One of them, by its position; cheap even where the whole list is not made yet. */
  at(index: number): ResolvedReference | undefined;
  /** What a record points at. */
  outgoing(id: RecordId): readonly ResolvedReference[];
  /** What points at a record. */
  incoming(id: RecordId): readonly ResolvedReference[];
}
