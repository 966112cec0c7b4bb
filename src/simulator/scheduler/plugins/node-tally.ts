import type { NodeInfo } from '../node-info.ts';
import { changedNodes } from '../snapshot.ts';

/**
 * What a Node adds. `before` is what it was when it was last looked at, and what it added then: where little has changed, the
 * difference may be less work.
 */
type PartOf<Part> = (node: NodeInfo, before?: { readonly node: NodeInfo; readonly part: Part }) => Part | undefined;

/** Parts of Nodes added up. */
export interface Totals<Part> {
  add(part: Part, sign: 1 | -1, nodeName: string): void;
}

/**
 * What the Nodes add up to, kept from one cycle to the next: only Nodes that changed are looked at again. A cache, and no
 * part of the simulation: what it says follows from the Nodes that it was last brought up to date with.
 */
class NodeTally<Part, Sum extends Totals<Part>> {
  private readonly seen: NodeInfo[] = [];
  private parts: (Part | undefined)[] = [];
  private sum: Sum;
  private readonly partOf: PartOf<Part>;
  private readonly nothing: () => Sum;

  constructor(partOf: PartOf<Part>, nothing: () => Sum) {
    this.partOf = partOf;
    this.nothing = nothing;
    this.sum = nothing();
  }

  of(nodes: readonly NodeInfo[]): Sum {
    const isUpdated = changedNodes(this.seen, nodes, (before, node, index) => {
      const old = this.parts[index];
      if (old !== undefined) this.sum.add(old, -1, node.name);
      this.put(node, index, old === undefined ? undefined : { node: before, part: old });
    });
    if (!isUpdated) {
      this.sum = this.nothing();
      this.parts = [];
      nodes.forEach((node, index) => this.put(node, index));
    }
    return this.sum;
  }

  private put(node: NodeInfo, index: number, before?: { readonly node: NodeInfo; readonly part: Part }): void {
    const part = this.partOf(node, before);
    this.parts[index] = part;
    if (part !== undefined) this.sum.add(part, 1, node.name);
  }
}

/** Tallies by what they count; the least recently used are forgotten. */
export class Tallies<Part, Sum extends Totals<Part>> {
  private readonly kept = new Map<string, NodeTally<Part, Sum>>();
  private readonly most: number;

  constructor(most = 32) {
    this.most = most;
  }

  /** The sum over the Nodes; `key` says everything on which `partOf` depends beside the Node. */
  of(key: string, nodes: readonly NodeInfo[], partOf: PartOf<Part>, nothing: () => Sum): Sum {
    let tally = this.kept.get(key);
    if (tally === undefined) tally = new NodeTally(partOf, nothing);
    else this.kept.delete(key);
    this.kept.set(key, tally);
    if (this.kept.size > this.most) this.kept.delete(this.kept.keys().next().value!);
    return tally.of(nodes);
  }
}
