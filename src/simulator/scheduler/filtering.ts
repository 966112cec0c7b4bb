import type { LocalResults } from './local-results.ts';
import type { NodeInfo } from './node-info.ts';
import { withPod } from './node-info.ts';
import type { SchedulerPlugin, SearchChanges, Verdict } from './plugin.ts';
import type { PodInfo } from './pod-info.ts';
import type { ProfileEntry } from './profile.ts';
import type { Snapshot } from './snapshot.ts';

/** Which plugin refused, and why. */
export interface Refusal {
  readonly plugin: string;
  readonly verdict: Verdict;
}

/** A plugin with what its `preFilter` made. */
interface PreparedFilter {
  readonly plugin: SchedulerPlugin;
  readonly state: unknown;
}

/** What comes of all plugins' `preFilter`; of a Pod that was refused the filters as far as they were prepared. */
export type Prefiltered = { readonly refusal: Refusal; readonly filters: Filters } | Prepared;

export interface Prepared {
  /** Of the plugins that have something to filter. */
  readonly filters: Filters;
  /** No others need be looked at; all, where undefined. */
  readonly nodeNames: ReadonlySet<string> | undefined;
  readonly narrowedBy: readonly string[];
  /** By plugin: what `reserve` and later steps are given. */
  readonly states: ReadonlyMap<string, unknown>;
}

/** Source: pkg/scheduler/framework/runtime/framework.go `RunPreFilterPlugins`, 1.36. */
export function preFilter(profile: readonly ProfileEntry[], pod: PodInfo, snapshot: Snapshot): Prefiltered {
  const filters: PreparedFilter[] = [];
  const states = new Map<string, unknown>();
  const narrowedBy: string[] = [];
  let nodeNames: ReadonlySet<string> | undefined;
  let refusal: Refusal | undefined;
  for (const { plugin } of profile) {
    const result = plugin.preFilter?.(pod, snapshot);
    if (result === undefined) {
      if (plugin.filter !== undefined) filters.push({ plugin, state: undefined });
    } else if ('verdict' in result) {
      refusal = { plugin: plugin.name, verdict: result.verdict };
      if (result.verdict.code !== 'Unschedulable') return { refusal, filters: new Filters(filters, pod, snapshot) };
    } else if ('state' in result) {
      if (plugin.filter !== undefined) filters.push({ plugin, state: result.state });
      states.set(plugin.name, result.state);
      if (result.nodeNames === undefined) continue;
      narrowedBy.push(plugin.name);
      nodeNames = nodeNames === undefined ? result.nodeNames : both(nodeNames, result.nodeNames);
      if (nodeNames.size === 0)
        return { refusal: noNodeLeft(plugin.name, narrowedBy), filters: new Filters(filters, pod, snapshot) };
    }
  }
  const prepared = new Filters(filters, pod, snapshot);
  if (refusal !== undefined) return { refusal, filters: prepared };
  return { filters: prepared, nodeNames, narrowedBy: narrowedBy.sort(), states };
}

function noNodeLeft(plugin: string, narrowedBy: readonly string[]): Refusal {
  const reason =
    narrowedBy.length === 1
      ? `node(s) didn't satisfy plugin ${narrowedBy[0]!}`
      : `node(s) didn't satisfy plugin(s) [${[...narrowedBy].sort().join(' ')}] simultaneously`;
  return { plugin, verdict: { code: 'UnschedulableAndUnresolvable', reasons: [reason] } };
}

function both(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((name) => b.has(name)));
}

const NOBODY: readonly PodInfo[] = [];

/** The plugins that filter, with their states; immutable. */
export class Filters implements SearchChanges {
  private readonly prepared: readonly PreparedFilter[];
  private readonly pod: PodInfo;
  private readonly snapshot: Snapshot;
  /** How many of the plugins, from the first, look at nothing but the Pod's spec and the Node. */
  private readonly localCount: number;

  constructor(prepared: readonly PreparedFilter[], pod: PodInfo, snapshot: Snapshot) {
    this.prepared = prepared;
    this.pod = pod;
    this.snapshot = snapshot;
    const other = prepared.findIndex(({ plugin }) => plugin.isLocal !== true);
    this.localCount = other < 0 ? prepared.length : other;
  }

  with(changed: PodInfo, node: NodeInfo, change: 'add' | 'remove'): Filters {
    if (this.prepared.every(({ plugin }) => plugin.withPod === undefined)) return this;
    const prepared = this.prepared.map(({ plugin, state }) => ({
      plugin,
      state: plugin.withPod === undefined ? state : plugin.withPod(state, this.pod, changed, node, change),
    }));
    return new Filters(prepared, this.pod, this.snapshot);
  }

  /** Why the Pod cannot run on the Node; undefined where it can. */
  refusalOf(node: NodeInfo): Refusal | undefined {
    return this.refusalAmong(node, 0, this.prepared.length);
  }

  private readonly localRefusalOf = (node: NodeInfo): Refusal | undefined =>
    this.refusalAmong(node, 0, this.localCount);

  private refusalAmong(node: NodeInfo, from: number, to: number): Refusal | undefined {
    const { prepared, pod, snapshot } = this;
    for (let index = from; index < to; index++) {
      const { plugin, state } = prepared[index]!;
      const verdict = plugin.filter!(pod, node, state, snapshot);
      if (verdict !== undefined) return { plugin: plugin.name, verdict };
    }
    return undefined;
  }

  /**
   * A Node with Pods nominated to it, of the same priority or a higher one, must do with them and without them. `at` is the
   * place of the Node in the snapshot, `local` what is known of such Pods there.
   * Source: framework.go `RunFilterPluginsWithNominatedPods`, 1.36.
   */
  refusalWithNominated(node: NodeInfo, at = -1, local?: LocalResults): Refusal | undefined {
    const nominated = this.snapshot.hasNominated ? this.snapshot.nominated(node.name) : NOBODY;
    if (nominated.length === 0) {
      if (local === undefined || at < 0) return this.refusalOf(node);
      return (
        local.refusal(at, node, this.localRefusalOf) ?? this.refusalAmong(node, this.localCount, this.prepared.length)
      );
    }
    let [there, filters]: [NodeInfo, Filters] = [node, this];
    for (const other of nominated) {
      if (other.priority < this.pod.priority || other.uid === this.pod.uid) continue;
      there = withPod(there, other);
      filters = filters.with(other, there, 'add');
    }
    return (there === node ? undefined : filters.refusalOf(there)) ?? this.refusalOf(node);
  }

  /** The names of the plugins, in order: the columns of a table of verdicts. */
  get names(): readonly string[] {
    return this.prepared.map(({ plugin }) => plugin.name);
  }
}
