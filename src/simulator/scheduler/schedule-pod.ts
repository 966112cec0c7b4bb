import type { RandomSource } from '../kernel/random.ts';
import type { NodeInfo } from './node-info.ts';
import { withPod } from './node-info.ts';
import type { PreFiltered, SchedulerPlugin, Verdict } from './plugin.ts';
import type { PodInfo } from './pod-info.ts';
import type { ProfileEntry } from './profile.ts';
import type { Snapshot } from './snapshot.ts';

/** How a cycle ended, with everything that explains it. */
export interface Decision {
  /** Undefined where no Node is left. */
  readonly node: string | undefined;
  /** Why each Node was passed over, by name. */
  readonly rejected: ReadonlyMap<string, Refusal>;
  /** Why Nodes that were not looked at are no choice; undefined where they were just not needed. */
  readonly others?: readonly string[];
  readonly scores: readonly NodeScore[];
  /** Where the Pod itself was refused before any Node was looked at. */
  readonly preFilter?: Refusal;
  /** Nodes that were looked at. */
  readonly evaluated: number;
  /** The plugins that refused, and those of them that wait for something of their own. */
  readonly unschedulablePlugins: readonly string[];
  readonly pendingPlugins: readonly string[];
}

export interface Refusal {
  readonly plugin: string;
  readonly verdict: Verdict;
}

export interface NodeScore {
  readonly node: string;
  readonly byPlugin: Readonly<Record<string, { readonly raw: number; readonly score: number }>>;
  readonly total: number;
  /** Decides between equal totals: the highest wins. */
  readonly tieBreak: number;
}

/**
 * How many Nodes that fit are enough. Source: pkg/scheduler/schedule_one.go `numFeasibleNodesToFind`, 1.36.
 */
export function feasibleNodesToFind(nodeCount: number, percentageOfNodesToScore = 0): number {
  if (nodeCount < LEAST_FEASIBLE) return nodeCount;
  const percentage =
    percentageOfNodesToScore === 0
      ? Math.max(50 - Math.trunc(nodeCount / 125), LEAST_PERCENTAGE)
      : percentageOfNodesToScore;
  return Math.max(Math.trunc((nodeCount * percentage) / 100), LEAST_FEASIBLE);
}

const LEAST_FEASIBLE = 100;
const LEAST_PERCENTAGE = 5;

/**
 * One scheduling cycle; the search begins at the Node with number `start`, and ends when enough are found. `attempt`
 * makes the purpose of its draws unique. Source: schedule_one.go `schedulePod`, 1.36.
 */
export function schedulePod(
  profile: readonly ProfileEntry[],
  pod: PodInfo,
  nominated: string | undefined,
  snapshot: Snapshot,
  start: number,
  random: RandomSource,
  attempt: string,
): Decision {
  const prepared = preFilter(profile, pod, snapshot);
  if ('refusal' in prepared) return refused(prepared.refusal);
  const { filters, nodeNames, narrowedBy } = prepared;
  const search: Search = { filters, pod, snapshot, rejected: new Map() };
  const feasible = feasibleNodes(search, nominated, nodeNames, start);
  const { rejected } = search;
  const evaluated = feasible.length + rejected.size;
  if (feasible.length === 0) {
    const plugins = new Set(narrowedBy);
    for (const { plugin } of rejected.values()) plugins.add(plugin);
    const pending = [...rejected.values()].filter(({ verdict }) => verdict.code === 'Pending');
    return {
      node: undefined,
      rejected,
      ...(nodeNames === undefined ? {} : { others: [`node(s) didn't satisfy plugin(s) [${narrowedBy.join(' ')}]`] }),
      scores: [],
      evaluated,
      unschedulablePlugins: [...plugins],
      pendingPlugins: [...new Set(pending.map(({ plugin }) => plugin))],
    };
  }
  const found = { rejected, evaluated, unschedulablePlugins: [], pendingPlugins: [] };
  if (feasible.length === 1) return { ...found, node: feasible[0]!.name, scores: [] };
  const scores = scoreNodes(profile, pod, feasible, snapshot, random, attempt);
  const best = scores.reduce((a, b) => (b.total > a.total || (b.total === a.total && b.tieBreak > a.tieBreak) ? b : a));
  return { ...found, node: best.node, scores };
}

function refused(refusal: Refusal): Decision {
  return {
    node: undefined,
    rejected: new Map(),
    scores: [],
    preFilter: refusal,
    evaluated: 0,
    unschedulablePlugins: [refusal.plugin],
    pendingPlugins: refusal.verdict.code === 'Pending' ? [refusal.plugin] : [],
  };
}

/** A plugin with what its `preFilter` made. */
interface PreparedFilter {
  readonly plugin: SchedulerPlugin;
  readonly state: unknown;
}

interface Search {
  readonly filters: readonly PreparedFilter[];
  readonly pod: PodInfo;
  readonly snapshot: Snapshot;
  readonly rejected: Map<string, Refusal>;
}

/** Source: pkg/scheduler/framework/runtime/framework.go `RunPreFilterPlugins`, 1.36. */
function preFilter(
  profile: readonly ProfileEntry[],
  pod: PodInfo,
  snapshot: Snapshot,
):
  | { readonly refusal: Refusal }
  | {
      readonly filters: readonly PreparedFilter[];
      readonly nodeNames: ReadonlySet<string> | undefined;
      readonly narrowedBy: readonly string[];
    } {
  const filters: PreparedFilter[] = [];
  const narrowedBy: string[] = [];
  let nodeNames: ReadonlySet<string> | undefined;
  let refusal: Refusal | undefined;
  for (const { plugin } of profile) {
    const result: PreFiltered<unknown> | undefined = plugin.preFilter?.(pod, snapshot);
    if (result === undefined) filters.push({ plugin, state: undefined });
    else if ('verdict' in result) {
      refusal = { plugin: plugin.name, verdict: result.verdict };
      if (result.verdict.code !== 'Unschedulable') break;
    } else if ('state' in result) {
      filters.push({ plugin, state: result.state });
      if (result.nodeNames === undefined) continue;
      narrowedBy.push(plugin.name);
      nodeNames = nodeNames === undefined ? result.nodeNames : both(nodeNames, result.nodeNames);
      if (nodeNames.size > 0) continue;
      const names = `[${[...narrowedBy].sort().join(' ')}]`;
      const reason =
        narrowedBy.length === 1
          ? `node(s) didn't satisfy plugin ${narrowedBy[0]!}`
          : `node(s) didn't satisfy plugin(s) ${names} simultaneously`;
      refusal = { plugin: plugin.name, verdict: { code: 'UnschedulableAndUnresolvable', reasons: [reason] } };
      break;
    }
  }
  if (refusal !== undefined) return { refusal };
  return {
    filters: filters.filter(({ plugin }) => plugin.filter !== undefined),
    nodeNames,
    narrowedBy: narrowedBy.sort(),
  };
}

function both(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((name) => b.has(name)));
}

/** Source: schedule_one.go `findNodesThatFitPod`, `evaluateNominatedNode`, `findNodesThatPassFilters`, 1.36. */
function feasibleNodes(
  search: Search,
  nominated: string | undefined,
  nodeNames: ReadonlySet<string> | undefined,
  start: number,
): readonly NodeInfo[] {
  const { snapshot } = search;
  const first = nominated === undefined ? undefined : snapshot.find(nominated);
  if (first !== undefined && fits(search, first)) return [first];
  const nodes =
    nodeNames === undefined
      ? snapshot.nodes
      : [...nodeNames].flatMap((name) => {
          const node = snapshot.find(name);
          return node === undefined ? [] : [node];
        });
  const enough = feasibleNodesToFind(nodes.length);
  const found: NodeInfo[] = [];
  for (let index = 0; index < nodes.length && found.length < enough; index++) {
    const node = nodes[(start + index) % nodes.length]!;
    if (fits(search, node)) found.push(node);
  }
  return found;
}

function fits(search: Search, node: NodeInfo): boolean {
  const refusal = refusalWithNominated(search, node);
  if (refusal === undefined) return true;
  search.rejected.set(node.name, refusal);
  return false;
}

/**
 * A Node with Pods nominated to it, of the same priority or a higher one, must do with them and without them.
 * Source: framework.go `RunFilterPluginsWithNominatedPods`, 1.36.
 */
function refusalWithNominated({ filters, pod, snapshot }: Search, node: NodeInfo): Refusal | undefined {
  let withNominated = node;
  let states = filters;
  for (const other of snapshot.nominated(node.name)) {
    if (other.priority < pod.priority || other.uid === pod.uid) continue;
    withNominated = withPod(withNominated, other);
    states = states.map(({ plugin, state }) => ({
      plugin,
      state: plugin.withPod === undefined ? state : plugin.withPod(state, pod, other, withNominated, 'add'),
    }));
  }
  if (withNominated !== node) {
    const refusal = refusalOf(states, pod, withNominated, snapshot);
    if (refusal !== undefined) return refusal;
  }
  return refusalOf(filters, pod, node, snapshot);
}

function refusalOf(
  filters: readonly PreparedFilter[],
  pod: PodInfo,
  node: NodeInfo,
  snapshot: Snapshot,
): Refusal | undefined {
  for (const { plugin, state } of filters) {
    const verdict = plugin.filter!(pod, node, state, snapshot);
    if (verdict !== undefined) return { plugin: plugin.name, verdict };
  }
  return undefined;
}

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
