import type { ObjectIdentity } from '../apimachinery/object-identity.ts';
import type { Reference } from '../kinds/reference.ts';
import type { RecordId } from './design.ts';

/** A reference that was looked up: who points, at what, and whether it is there. */
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
}

/** All references of a design, and who is used by whom. */
export interface ReferenceGraph {
  readonly references: readonly ResolvedReference[];
  /** What a record points at. */
  outgoing(id: RecordId): readonly ResolvedReference[];
  /** What points at a record. */
  incoming(id: RecordId): readonly ResolvedReference[];
}
