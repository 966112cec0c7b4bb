import type { Refusal } from './filtering.ts';
import type { NodeInfo } from './node-info.ts';

/**
 * What plugins made of Nodes for one kind of Pod, where nothing but the Pod's own spec and the Node decides. Pods of one
 * template come by the thousand, and between two of them hardly a Node changes. A cache, and no part of the simulation: an
 * answer holds only for the very NodeInfo for which it was given.
 */
export class LocalResults {
  private readonly filtered: (NodeInfo | undefined)[] = [];
  private readonly refusals: (Refusal | undefined)[] = [];
  private readonly scored = new Map<string, { readonly nodes: (NodeInfo | undefined)[]; readonly scores: number[] }>();

  /** `at`: the place of the Node in the snapshot. */
  refusal(at: number, node: NodeInfo, refusalOf: (node: NodeInfo) => Refusal | undefined): Refusal | undefined {
    if (this.filtered[at] === node) return this.refusals[at];
    const refusal = refusalOf(node);
    this.filtered[at] = node;
    this.refusals[at] = refusal;
    return refusal;
  }

  /** The scores that a plugin gives Nodes, which lie at these places of the snapshot. */
  scores(
    plugin: string,
    places: readonly number[],
    nodes: readonly NodeInfo[],
    scoreOf: (node: NodeInfo) => number,
  ): number[] {
    let kept = this.scored.get(plugin);
    if (kept === undefined) this.scored.set(plugin, (kept = { nodes: [], scores: [] }));
    const scores: number[] = [];
    for (let index = 0; index < places.length; index++) {
      const at = places[index]!;
      const node = nodes[index]!;
      if (kept.nodes[at] !== node) {
        kept.nodes[at] = node;
        kept.scores[at] = scoreOf(node);
      }
      scores.push(kept.scores[at]!);
    }
    return scores;
  }
}

/** By the plugins' profile, as there may be several: the kinds of Pods that came last. */
const kept = new WeakMap<object, Map<string, LocalResults>>();
const MOST_KINDS = 16;

/** The results for Pods that are alike in everything that a profile's local plugins read. */
export function localResults(profile: object, key: string): LocalResults {
  let kinds = kept.get(profile);
  if (kinds === undefined) kept.set(profile, (kinds = new Map()));
  let results = kinds.get(key);
  if (results === undefined) results = new LocalResults();
  else kinds.delete(key);
  kinds.set(key, results);
  if (kinds.size > MOST_KINDS) kinds.delete(kinds.keys().next().value!);
  return results;
}
