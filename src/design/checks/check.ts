import type { KindRegistry } from '../../kinds/registry.ts';
import type { Design } from '../design.ts';
import type { ReferenceGraph } from '../graph.ts';
import type { Problem } from '../problem.ts';

/**
 * One question asked of a whole design: what works alone and not together. A check is one file; it reads references
 * and what kinds say of themselves, and asks no object which kind it is unless it stands for that kind's behaviour.
 * Problems come in the order of records.
 */
export interface Check {
  /** Stable word, the name of the file. */
  readonly name: string;
  find(context: CheckContext): readonly Problem[];
}

export interface CheckContext {
  readonly design: Design;
  readonly graph: ReferenceGraph;
  readonly registry: KindRegistry;
  /** Minor of Kubernetes 1.x that the design is meant for; the pinned release where it is left out. */
  readonly release?: number;
}
