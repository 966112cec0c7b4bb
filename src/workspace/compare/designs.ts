import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { ObjectDifference } from '../../interchange/compare/comparison.ts';
import type { Scene } from '../../scene/scene.ts';
import type { ExportedFile, ImportedFile } from '../workspace.ts';

/** Two designs, the older first. */
export interface ComparedDesigns {
  readonly before: readonly (ImportedFile | ExportedFile)[];
  readonly after: readonly (ImportedFile | ExportedFile)[];
}

/** One object that differs, with its YAML on either side; undefined where that side has no such object. */
export interface ShownDifference extends ObjectDifference {
  readonly was: string | undefined;
  readonly is: string | undefined;
}

export interface ComparedSide {
  readonly scene: Scene;
  /** Cards by identity. */
  readonly cards: ReadonlyMap<ObjectIdentity, string>;
}

/** What differs, and both sides as pictures in which the same objects stand in the same places. */
export interface DesignComparison {
  readonly differences: readonly ShownDifference[];
  readonly same: number;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
}

/** A thread that compares designs, until it is ended. */
export interface Comparer {
  compare(designs: ComparedDesigns): Promise<DesignComparison>;
  end(): void;
}
