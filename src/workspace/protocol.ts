import type { Design, DesignFile, DesignRecord, DesignSegment, Picture, Placement } from '../design/design.ts';
import type { LintSwitches } from '../design/lints/switches.ts';
import type { Problem } from '../design/problem.ts';
import type { SceneCard, SceneEdge, SceneFrame } from '../scene/scene.ts';
import type { ImportAccount, ImportedFile, Judged } from './workspace.ts';

/**
 * What the page and the document thread say to each other. Both hold the design; changes travel, designs do not.
 * Everything here survives a structured clone.
 */
export type ToDocument =
  /** A part of a change that is too large for one message; the `change` after it ends it. */
  | { readonly type: 'changePart'; readonly change: DesignChange }
  /** The page's design changed; answer with what follows from it. */
  | {
      readonly type: 'change';
      readonly revision: number;
      readonly change: DesignChange;
      readonly picture: Picture;
      /** Before the change, the page took over what the import of this ticket brought; it does not travel back. */
      readonly takes?: number;
    }
  | { readonly type: 'import'; readonly ticket: number; readonly files: readonly ImportedFile[] }
  | { readonly type: 'cancelImport'; readonly ticket: number }
  /** Which lints are asked from the next change on. */
  | { readonly type: 'lints'; readonly switches: LintSwitches }
  /** Minor of the Kubernetes 1.x that the design is meant for, from the next change on. */
  | { readonly type: 'release'; readonly release: number }
  /** What the design holds now was saved, and may run in a cluster. */
  | { readonly type: 'saved' }
  /** Lay the picture out anew, whatever people placed; answered by `tidied`. */
  | { readonly type: 'tidy'; readonly ticket: number; readonly picture: Picture };

/** The page to the worker itself: the first picture is drawn, and there is room for what it did not need. */
export interface Painted {
  readonly type: 'painted';
}

export type FromDocument =
  | { readonly type: 'ready' }
  /** A part of an answer that is too large for one message; the `derived` after it ends it. */
  | { readonly type: 'derivedPart'; readonly revision: number; readonly scene: SceneChange }
  | { readonly type: 'derived'; readonly revision: number; readonly derived: DerivedChange }
  /** A part of problems that are too many for one message; the `derived` or `judged` after it ends it. */
  | { readonly type: 'problemsPart'; readonly problems: ProblemsChange }
  /** How far judging has come since `derived`. */
  | { readonly type: 'judging'; readonly revision: number; readonly judged: Judged }
  /** The same again with what takes longer: what an API server would refuse. Follows a `derived` that lacked some of it. */
  | {
      readonly type: 'judged';
      readonly revision: number;
      readonly problems: ProblemsChange;
      readonly scene: SceneChange;
    }
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
  /** Something went wrong that no input should cause. `ticket`: the import or layout that ended by it. */
  | { readonly type: 'failed'; readonly message: string; readonly ticket?: number };

/** What one design has that another has not. */
export interface DesignChange {
  readonly files: MapChange<DesignFile>;
  readonly segments: MapChange<DesignSegment>;
  readonly records: MapChange<DesignRecord>;
  /** Whole: placements change together. */
  readonly placements?: Design['placements'];
}

/** Entries that are new or differ, keys that are gone. */
export interface MapChange<Value> {
  readonly set: readonly (readonly [key: string, value: Value])[];
  readonly removed: readonly string[];
  /** All keys in their order, where it is not that of before with what is new at the end. */
  readonly order?: readonly string[];
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
  readonly problems: ProblemsChange;
  readonly judged: Judged;
  readonly scene: SceneChange;
}

export interface SceneChange {
  readonly frames: ListChange<SceneFrame>;
  readonly cards: ListChange<SceneCard>;
  readonly edges: ListChange<SceneEdge>;
}

/** `removed` problems from the place `start` on give way to `added` ones. */
export interface ProblemsChange {
  readonly start: number;
  readonly removed: number;
  readonly added: readonly Problem[];
}

/** Items that are new or differ, ids that are gone. */
export interface ListChange<Item> {
  readonly set: readonly Item[];
  readonly removed: readonly string[];
  /** All ids in their order, where it is not that of before with what is new at the end. */
  readonly order?: readonly string[];
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
