import type { KindRegistry } from '../../kinds/registry.ts';
import type { Design, DesignRecord } from '../design.ts';
import type { ReferenceGraph } from '../graph.ts';
import type { Problem } from '../problem.ts';
import type { DesignView } from '../view/design-view.ts';

/**
 * One question asked of every record: what works alone and not together. A check is one file; it reads references
 * and what kinds say of themselves, and asks no object which kind it is unless it stands for that kind's behaviour.
 * It sees the rest of the design through the view alone, which notes what it looked at: it is asked again of a record
 * only once that changed.
 */
export interface Check {
  /** Stable word, the name of the file. */
  readonly name: string;
  /** The problems of this record; those of a group of records are told of one of them. */
  look(record: DesignRecord, view: DesignView): readonly Problem[];
}

export interface CheckContext {
  readonly design: Design;
  readonly graph: ReferenceGraph;
  readonly registry: KindRegistry;
  /** Minor of Kubernetes 1.x that the design is meant for; the pinned release where it is left out. */
  readonly release?: number;
}
