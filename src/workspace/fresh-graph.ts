import type { Design } from '../design/design.ts';
import type { ReferenceGraph } from '../design/graph.ts';
import { resolveReferences } from '../design/resolve-references.ts';
import type { KindRegistry } from '../kinds/registry.ts';

/**
 * The references of the newest design, for commands: those the document thread answered where it is up to date, and
 * otherwise resolved here and now, because a command that follows old references would edit the wrong fields.
 */
export class FreshGraph {
  private known: { readonly design: Design; readonly graph: ReferenceGraph } | undefined;

  /** The document thread has answered for a design. */
  answered(design: Design, graph: ReferenceGraph): void {
    this.known = { design, graph };
  }

  of(design: Design, registry: KindRegistry): ReferenceGraph {
    if (this.known?.design !== design) this.known = { design, graph: resolveReferences(design, registry) };
    return this.known.graph;
  }
}
