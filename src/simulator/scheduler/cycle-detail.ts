import type { Refusal } from './filtering.ts';
import type { NodeInfo } from './node-info.ts';
import type { Decision } from './schedule-pod.ts';
import type { ScoreTable } from './score-table.ts';

/** In larger clusters the trace keeps the best Nodes, some of those that were refused, and counts the rest. */
const FULL_DETAIL_NODES = 100;
const KEPT_NODES = 10;

/**
 * A cycle as the trace has it: the table of Nodes and plugins. `filters` are the columns of the verdicts: a Node passed the
 * plugins before the one that refused it. `scores` has a line a Node and a column a plugin.
 */
export interface CycleDetail {
  readonly node: string | null;
  readonly error?: string;
  readonly evaluated: number;
  readonly feasible: number;
  readonly preFilter?: Refusal;
  readonly filters: readonly string[];
  readonly rejected: Readonly<Record<string, Refusal>>;
  /** How many Nodes each plugin refused. */
  readonly rejectedBy: Readonly<Record<string, number>>;
  readonly scores?: ScoreLines;
  /** How many Nodes had the highest total, so that chance decided between them. */
  readonly tied?: number;
}

/** By the number of the line. */
export interface ScoreLines extends Omit<ScoreTable, 'nodes'> {
  readonly nodes: readonly string[];
}

export function cycleDetail(decision: Decision, nodeCount: number): CycleDetail & Readonly<Record<string, unknown>> {
  const { node = null, error, evaluated, feasible, preFilter, filters, rejected, scores, tied } = decision;
  const isFull = nodeCount <= FULL_DETAIL_NODES;
  const rejectedBy: Record<string, number> = {};
  const kept: Record<string, Refusal> = {};
  let count = 0;
  for (const [name, refusal] of rejected) {
    rejectedBy[refusal.plugin] = (rejectedBy[refusal.plugin] ?? 0) + 1;
    if (isFull || count++ < KEPT_NODES) kept[name] = refusal;
  }
  return {
    node,
    ...(error === undefined ? {} : { error }),
    evaluated,
    feasible,
    ...(preFilter === undefined ? {} : { preFilter }),
    filters: filters?.names ?? [],
    rejected: kept,
    rejectedBy,
    ...(scores === undefined ? {} : { scores: isFull ? allLines(scores) : bestLines(scores, decision.chosen) }),
    ...(tied === undefined ? {} : { tied: tied.length }),
  };
}

function allLines({ nodes, columns, totals }: ScoreTable): ScoreLines {
  return { nodes: nodes.map(({ name }) => name), columns, totals };
}

/** The lines with the highest totals; that of the chosen Node is the first. */
function bestLines({ nodes, columns, totals }: ScoreTable, chosen: NodeInfo | undefined): ScoreLines {
  const lines: number[] = [];
  for (let index = 0; index < totals.length; index++) {
    const total = totals[index]!;
    if (nodes[index] === chosen || (lines.length === KEPT_NODES - 1 && total <= totals[lines.at(-1)!]!)) continue;
    let at = lines.length;
    while (at > 0 && totals[lines[at - 1]!]! < total) at--;
    lines.splice(at, 0, index);
    if (lines.length === KEPT_NODES) lines.pop();
  }
  if (chosen !== undefined) lines.unshift(nodes.indexOf(chosen));
  const pick = <Item>(list: readonly Item[]): readonly Item[] => lines.map((index) => list[index]!);
  return {
    nodes: pick(nodes).map(({ name }) => name),
    columns: columns.map(({ plugin, weight, raw, scores }) => ({
      plugin,
      weight,
      raw: pick(raw),
      scores: pick(scores),
    })),
    totals: pick(totals),
  };
}
