import type { Difference } from '../base/difference.ts';
import type { Design, DesignFile, DesignRecord, DesignSegment, Picture, Placement } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import type { SceneCard, SceneEdge, SceneFrame } from '../scene/scene.ts';
import type { ImportAccount, ImportedFile } from './workspace.ts';

/**
 * What the page and the document thread say to each other. Both hold the design; changes travel, designs do not.
 * Everything here survives a structured clone.
 */
export type ToDocument =
  /** The page's design changed; answer with what follows from it. */
  | { readonly type: 'change'; readonly revision: number; readonly change: DesignChange; readonly picture: Picture }
  | { readonly type: 'import'; readonly ticket: number; readonly files: readonly ImportedFile[] }
  | { readonly type: 'cancelImport'; readonly ticket: number }
  /** Lay the picture out anew, whatever people placed; answered by `tidied`. */
  | { readonly type: 'tidy'; readonly ticket: number; readonly picture: Picture };

export type FromDocument =
  | { readonly type: 'ready' }
  | { readonly type: 'derived'; readonly revision: number; readonly derived: DerivedChange }
  | {
      readonly type: 'importProgress';
      readonly ticket: number;
      readonly filesDone: number;
      readonly filesTotal: number;
      readonly objects: number;
    }
  /** A part of what an import brings; the parts together are one change. */
  | { readonly type: 'importPart'; readonly ticket: number; readonly part: ImportPart }
  | { readonly type: 'imported'; readonly ticket: number; readonly account: ImportAccount }
  | { readonly type: 'tidied'; readonly ticket: number; readonly placements: readonly (readonly [string, Placement])[] }
  | { readonly type: 'failed'; readonly message: string };

/** The difference of two designs. */
export interface DesignChange {
  readonly files: Difference<DesignFile>;
  readonly segments: Difference<DesignSegment>;
  readonly records: Difference<DesignRecord>;
  /** Whole: a design rarely has more than a few hundred placements, and they change together. */
  readonly placements?: Design['placements'];
}

/** What an import brings, cut into parts that the page takes in without a pause. */
export interface ImportPart {
  readonly files: readonly DesignFile[];
  readonly segments: readonly DesignSegment[];
  readonly records: readonly DesignRecord[];
  readonly placements: readonly (readonly [picture: Picture, record: string, placement: Placement])[];
}

/** What follows from a design, as far as it is not what followed from the one before. */
export interface DerivedChange {
  readonly references: PackedReferences;
  readonly problems: readonly Problem[];
  readonly scene: SceneChange;
}

export interface SceneChange {
  readonly frames: ListChange<SceneFrame>;
  readonly cards: ListChange<SceneCard>;
  readonly edges: ListChange<SceneEdge>;
}

/** Items that are new or differ, ids that are gone. */
export interface ListChange<Item> {
  readonly set: readonly Item[];
  readonly removed: readonly string[];
}

/**
 * All references of a graph in one buffer that changes threads without being copied: six numbers each. The
 * declarations are not sent: the page asks the kind again when it needs one, and gets the same in the same order.
 */
export interface PackedReferences {
  /** from (place in `records`), declaration (place among the record's), to (place in `records` or -1), identity (place in `identities` or -1), state, maker (place in `records` or -1). */
  readonly numbers: Int32Array;
  readonly records: readonly string[];
  readonly identities: readonly string[];
}
