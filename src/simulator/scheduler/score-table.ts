import type { LocalResults } from './local-results.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';
import type { ProfileEntry } from './profile.ts';
import type { Snapshot } from './snapshot.ts';

/** What the plugins gave the Nodes that fit: a line a Node, a column a plugin. */
export interface ScoreTable {
  readonly nodes: readonly NodeInfo[];
  readonly columns: readonly ScoreColumn[];
  /** Sum of the scores times the weights, by the number of the Node. */
  readonly totals: readonly number[];
}

/** By the number of the Node. */
export interface ScoreColumn {
  readonly plugin: string;
  readonly weight: number;
  /** As the plugin counted, and from 0 to 100. */
  readonly raw: readonly number[];
  readonly scores: readonly number[];
}

/** What is known of such Pods, by the places of the Nodes in the snapshot. */
export interface KnownScores {
  readonly local: LocalResults;
  readonly places: readonly number[];
}

/**
 * The text is an error, which ends the cycle.
 * Source: pkg/scheduler/framework/runtime/framework.go `RunPreScorePlugins`, `RunScorePlugins`, 1.36.
 */
export function scoreTable(
  profile: readonly ProfileEntry[],
  pod: PodInfo,
  feasible: readonly NodeInfo[],
  snapshot: Snapshot,
  known?: KnownScores,
): ScoreTable | string {
  const columns: ScoreColumn[] = [];
  for (const { plugin, weight } of profile) {
    if (plugin.score === undefined) continue;
    const prepared = plugin.preScore?.(pod, feasible, snapshot);
    if (prepared !== undefined && 'verdict' in prepared)
      return `running PreScore plugin "${plugin.name}": ${prepared.verdict.reasons.join(', ')}`;
    if (prepared !== undefined && 'skip' in prepared) continue;
    const scoreOf = (node: NodeInfo): number => plugin.score!(pod, node, prepared?.state, snapshot);
    const raw =
      plugin.isLocal === true && known !== undefined
        ? known.local.scores(plugin.name, known.places, feasible, scoreOf)
        : feasible.map(scoreOf);
    const scores = plugin.normalize?.(raw, feasible, prepared?.state, pod) ?? raw;
    const wrong = scores.find((score) => score < 0 || score > MOST);
    if (wrong !== undefined) return invalidScore(plugin.name, wrong);
    columns.push({ plugin: plugin.name, weight, raw, scores });
  }
  const totals = feasible.map(() => 0);
  for (const { weight, scores } of columns)
    for (let index = 0; index < scores.length; index++) totals[index]! += weight * scores[index]!;
  return { nodes: feasible, columns, totals };
}

const MOST = 100;

function invalidScore(plugin: string, score: number): string {
  return (
    'applying score defaultWeights on Score plugins: ' +
    `plugin "${plugin}" returns an invalid score ${score}, it should in the range of [0, ${MOST}] after normalizing`
  );
}

/** Numbers of the Nodes with the highest total, in order. */
export function bestNodes({ totals }: ScoreTable): readonly number[] {
  let most = -1;
  let best: number[] = [];
  for (let index = 0; index < totals.length; index++) {
    const total = totals[index]!;
    if (total < most) continue;
    if (total > most) {
      most = total;
      best = [];
    }
    best.push(index);
  }
  return best;
}
