import type { RandomSource } from '../kernel/random.ts';
import type { Filters, Refusal } from './filtering.ts';
import { preFilter } from './filtering.ts';
import type { LocalResults } from './local-results.ts';
import { localResults } from './local-results.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';
import type { ProfileEntry } from './profile.ts';
import type { ScoreTable } from './score-table.ts';
import { bestNodes, scoreTable } from './score-table.ts';
import type { Snapshot } from './snapshot.ts';

/** How a cycle ended, with everything that explains it. */
export interface Decision {
  /** Undefined where no Node is left. */
  readonly node: string | undefined;
  readonly chosen?: NodeInfo;
  /** A plugin failed: nothing is known of the Pod, and it is tried again after a back-off. */
  readonly error?: string;
  /** Why each Node was passed over, by name. */
  readonly rejected: ReadonlyMap<string, Refusal>;
  /** Why Nodes that were not looked at are no choice; undefined where they were just not needed. */
  readonly others?: readonly string[];
  /** Undefined where there was nothing to choose. */
  readonly scores?: ScoreTable;
  /** Lines of `scores` with the same highest total, among which chance decided. */
  readonly tied?: readonly number[];
  /** Where the Pod itself was refused before any Node was looked at. */
  readonly preFilter?: Refusal;
  /** The filters as the search left them; undefined where an error ended it before. */
  readonly filters?: Filters;
  /** By plugin: what `preFilter` made for later steps. */
  readonly states: ReadonlyMap<string, unknown>;
  /** Nodes that were looked at, and those of them that fit. */
  readonly evaluated: number;
  readonly feasible: number;
  /** How far the start of the next search moves on; nothing where the search ended at a nominated Node. */
  readonly advance: number;
  /** The plugins that refused, and those of them that wait for something of their own. */
  readonly unschedulablePlugins: readonly string[];
  readonly pendingPlugins: readonly string[];
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

const NOTHING = {
  node: undefined,
  rejected: new Map(),
  states: new Map(),
  evaluated: 0,
  feasible: 0,
  advance: 0,
  unschedulablePlugins: [],
  pendingPlugins: [],
} satisfies Decision;

/**
 * One search for a Node; it begins at the Node with number `start`, and ends when enough are found. `attempt` makes the
 * purpose of its draws unique. Each search begins anew though the gate OpportunisticBatching is on: upstream keeps the results
 * of one Pod for the next only where all plugins sign the Pod, and with the default constraints of the system
 * PodTopologySpread signs none. Source: schedule_one.go `schedulePod`, framework/runtime/batch.go,
 * framework/plugins/podtopologyspread/plugin.go `SignPod`, 1.36.
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
  if ('refusal' in prepared) return refused(prepared.refusal, prepared.filters);
  const { filters, nodeNames, narrowedBy, states } = prepared;
  const local = localResults(profile, localKeyOf(pod, snapshot));
  const isScored = profile.some(({ plugin }) => plugin.score !== undefined);
  const search: Search = {
    filters,
    snapshot,
    local,
    isScored,
    rejected: new Map(),
    places: [],
    error: undefined,
    advance: 0,
  };
  const feasible = feasibleNodes(search, nominated, nodeNames, start);
  const { rejected, advance } = search;
  const evaluated = feasible.length + rejected.size;
  const found = { ...NOTHING, rejected, filters, states, evaluated, feasible: feasible.length, advance };
  if (search.error !== undefined) return { ...found, error: search.error };
  if (feasible.length === 0)
    return {
      ...found,
      ...(nodeNames === undefined ? {} : { others: [`node(s) didn't satisfy plugin(s) [${narrowedBy.join(' ')}]`] }),
      ...refusingPlugins(rejected, narrowedBy),
    };
  if (feasible.length === 1) return { ...found, node: feasible[0]!.name, chosen: feasible[0]! };
  const places = search.places.length === feasible.length ? { local, places: search.places } : undefined;
  const scores = scoreTable(profile, pod, feasible, snapshot, places);
  if (typeof scores === 'string') return { ...found, error: scores };
  const best = bestNodes(scores);
  const chosen = scores.nodes[best[best.length === 1 ? 0 : random.integer(`tie/${attempt}`, 0, best.length - 1)]!]!;
  return { ...found, scores, node: chosen.name, chosen, ...(best.length === 1 ? {} : { tied: best }) };
}

/** Which extended resources devices may serve, the classes say, which are neither of the Pod nor of a Node. */
function localKeyOf({ localKey, requests }: PodInfo, snapshot: Snapshot): string {
  if (requests.scalar === undefined) return localKey;
  const classes = snapshot.view('deviceclasses');
  return classes.size === 0 ? localKey : `${classes.revision}/${localKey}`;
}

function refused(refusal: Refusal, filters: Filters): Decision {
  const { code, reasons } = refusal.verdict;
  if (code === 'Error' || code === 'Pending')
    return { ...NOTHING, error: `running PreFilter plugin "${refusal.plugin}": ${reasons.join(', ')}` };
  return {
    ...NOTHING,
    filters,
    preFilter: refusal,
    unschedulablePlugins: [refusal.plugin],
  };
}

function refusingPlugins(
  rejected: ReadonlyMap<string, Refusal>,
  narrowedBy: readonly string[],
): Pick<Decision, 'unschedulablePlugins' | 'pendingPlugins'> {
  const plugins = new Set(narrowedBy);
  const pending = new Set<string>();
  for (const { plugin, verdict } of rejected.values()) {
    plugins.add(plugin);
    if (verdict.code === 'Pending') pending.add(plugin);
  }
  return { unschedulablePlugins: [...plugins], pendingPlugins: [...pending] };
}

interface Search {
  readonly filters: Filters;
  readonly snapshot: Snapshot;
  readonly local: LocalResults;
  /** Where nothing gives scores, the first Node that fits is enough. */
  readonly isScored: boolean;
  readonly rejected: Map<string, Refusal>;
  /** Where the Nodes that fit lie in the snapshot; nothing where not all Nodes are looked at. */
  readonly places: number[];
  error: string | undefined;
  advance: number;
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
  // A nominated Node that fails is looked at again with the others.
  search.error = undefined;
  const nodes = nodeNames === undefined ? snapshot.nodes : namedNodes(nodeNames, snapshot);
  const enough = search.isScored ? feasibleNodesToFind(nodes.length) : 1;
  const found: NodeInfo[] = [];
  let at = nodes.length === 0 ? 0 : start % nodes.length;
  for (let index = 0; index < nodes.length && found.length < enough; index++) {
    const node = nodes[at]!;
    if (fits(search, node, nodeNames === undefined ? at : -1)) {
      found.push(node);
      if (nodeNames === undefined) search.places.push(at);
    } else if (search.error !== undefined) break;
    if (++at === nodes.length) at = 0;
  }
  search.advance = found.length + search.rejected.size;
  return found;
}

function namedNodes(names: ReadonlySet<string>, snapshot: Snapshot): readonly NodeInfo[] {
  const nodes: NodeInfo[] = [];
  for (const name of names) {
    const node = snapshot.find(name);
    if (node !== undefined) nodes.push(node);
  }
  return nodes;
}

function fits(search: Search, node: NodeInfo, at = -1): boolean {
  const refusal = search.filters.refusalWithNominated(node, at, search.local);
  if (refusal === undefined) return true;
  if (refusal.verdict.code === 'Error')
    search.error = `running "${refusal.plugin}" filter plugin: ${refusal.verdict.reasons.join(', ')}`;
  else search.rejected.set(node.name, refusal);
  return false;
}
