import type { RandomSource } from '../kernel/random.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';
import type { PreFiltered, Verdict } from './plugin.ts';
import type { ProfileEntry } from './profile.ts';
import type { Snapshot } from './snapshot.ts';

/** How a cycle ended, with everything that explains it. */
export interface Decision {
  /** Undefined where no Node is left. */
  readonly node: string | undefined;
  /** Why each Node was passed over, by name. */
  readonly rejected: ReadonlyMap<string, { readonly plugin: string; readonly verdict: Verdict }>;
  readonly scores: readonly NodeScore[];
  /** Where the Pod itself was refused before any Node was looked at. */
  readonly preFilter?: { readonly plugin: string; readonly verdict: Verdict };
}

export interface NodeScore {
  readonly node: string;
  readonly byPlugin: Readonly<Record<string, { readonly raw: number; readonly score: number }>>;
  readonly total: number;
  /** Decides between equal totals: the highest wins. */
  readonly tieBreak: number;
}

/** One scheduling cycle. Source: pkg/scheduler/schedule_one.go `schedulePod`, 1.36. */
export function schedulePod(
  profile: readonly ProfileEntry[],
  pod: PodInfo,
  snapshot: Snapshot,
  random: RandomSource,
  attempt: string,
): Decision {
  const states = new Map<string, unknown>();
  for (const { plugin } of profile) {
    const result: PreFiltered<unknown> | undefined = plugin.preFilter?.(pod, snapshot);
    if (result === undefined) continue;
    if ('verdict' in result)
      return {
        node: undefined,
        rejected: new Map(),
        scores: [],
        preFilter: { plugin: plugin.name, verdict: result.verdict },
      };
    if ('state' in result) states.set(plugin.name, result.state);
    else states.set(plugin.name, SKIPPED);
  }
  const rejected = new Map<string, { plugin: string; verdict: Verdict }>();
  const feasible = snapshot.nodes.filter((node) => {
    for (const { plugin } of profile) {
      const state = states.get(plugin.name);
      if (plugin.filter === undefined || state === SKIPPED) continue;
      const verdict = plugin.filter(pod, node, state, snapshot);
      if (verdict === undefined) continue;
      rejected.set(node.name, { plugin: plugin.name, verdict });
      return false;
    }
    return true;
  });
  if (feasible.length === 0) return { node: undefined, rejected, scores: [] };
  const scores = scoreNodes(profile, pod, feasible, snapshot, random, attempt);
  const best = scores.reduce((a, b) => (b.total > a.total || (b.total === a.total && b.tieBreak > a.tieBreak) ? b : a));
  return { node: best.node, rejected, scores };
}

const SKIPPED = Symbol('skipped');

function scoreNodes(
  profile: readonly ProfileEntry[],
  pod: PodInfo,
  feasible: readonly NodeInfo[],
  snapshot: Snapshot,
  random: RandomSource,
  attempt: string,
): readonly NodeScore[] {
  const columns = profile.flatMap(({ plugin, weight }) => {
    if (plugin.score === undefined) return [];
    const prepared = plugin.preScore?.(pod, feasible, snapshot);
    if (prepared !== undefined && !('state' in prepared)) return [];
    const raw = feasible.map((node) => plugin.score!(pod, node, prepared?.state, snapshot));
    return [{ name: plugin.name, weight, raw, scores: plugin.normalize?.(raw, feasible, prepared?.state, pod) ?? raw }];
  });
  return feasible.map((node, index) => ({
    node: node.name,
    byPlugin: Object.fromEntries(
      columns.map(({ name, raw, scores }) => [name, { raw: raw[index]!, score: scores[index]! }]),
    ),
    total: columns.reduce((sum, { weight, scores }) => sum + weight * scores[index]!, 0),
    tieBreak: random.integer(`tie/${attempt}/${node.name}`, 0, 0x7fffffff),
  }));
}
