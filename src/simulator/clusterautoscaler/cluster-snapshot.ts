import type { View } from '../client/view.ts';
import type { SchedulerCache } from '../scheduler/cache.ts';
import { deleteNode, emptyCache, nodesInOrder, setNode, setPod, snapshotOver, takePod } from '../scheduler/cache.ts';
import type { Refusal } from '../scheduler/filtering.ts';
import { preFilter } from '../scheduler/filtering.ts';
import type { NodeInfo } from '../scheduler/node-info.ts';
import type { PodInfo } from '../scheduler/pod-info.ts';
import { DEFAULT_PROFILE_NAME, PROFILES } from '../scheduler/profile.ts';
import type { Listed, Snapshot } from '../scheduler/snapshot.ts';

/**
 * The cluster in thought: Nodes and Pods can be put into it and taken out, and what was done since a moment undone. What
 * fits where is said by the plugins of the scheduler's default profile.
 * Source: cluster-autoscaler/simulator/clustersnapshot/predicate/predicate_snapshot.go, cluster-autoscaler 1.36.1.
 */
export class ClusterSnapshot {
  private readonly cache: SchedulerCache = emptyCache();
  private readonly undo: (() => void)[] = [];
  private readonly snapshot: Snapshot;
  /** The Node at which the next search begins: Pods go round. */
  private nextStart = 0;

  constructor(view: (plural: Listed) => View) {
    this.snapshot = snapshotOver(this.cache, {
      view,
      get: (plural, key) => view(plural).getKey(key),
      assumedOnly: () => [],
      nowMs: 0,
      hasNominated: false,
      nominated: () => [],
    });
  }

  get nodes(): readonly NodeInfo[] {
    return nodesInOrder(this.cache);
  }

  find(name: string): NodeInfo | undefined {
    return this.cache.nodes.get(name);
  }

  addNode({ node, name, pods }: NodeInfo): void {
    setNode(this.cache, node);
    for (const pod of pods) setPod(this.cache, pod, name);
    this.undo.push(() => this.drop(name));
  }

  removeNode(name: string): void {
    const info = this.find(name);
    if (info === undefined) return;
    this.drop(name);
    this.undo.push(() => {
      setNode(this.cache, info.node);
      for (const pod of info.pods) setPod(this.cache, pod, name);
    });
  }

  private drop(name: string): void {
    for (const { uid } of this.find(name)?.pods ?? []) takePod(this.cache, uid);
    deleteNode(this.cache, name);
  }

  placePod(pod: PodInfo, node: string): void {
    setPod(this.cache, pod, node);
    this.undo.push(() => takePod(this.cache, pod.uid));
  }

  takePod(pod: PodInfo, node: string): void {
    takePod(this.cache, pod.uid);
    this.undo.push(() => setPod(this.cache, pod, node));
  }

  /** A moment to which `revert` goes back. */
  fork(): number {
    return this.undo.length;
  }

  revert(moment: number): void {
    while (this.undo.length > moment) this.undo.pop()!();
  }

  /** Why a Pod cannot run on a Node; undefined where it can. */
  refusal(pod: PodInfo, name: string): Refusal | undefined {
    const node = this.find(name);
    const prepared = preFilter(PROFILE, pod, this.snapshot);
    if ('refusal' in prepared) return prepared.refusal;
    const { nodeNames, narrowedBy, filters } = prepared;
    if (node === undefined || nodeNames?.has(name) === false)
      return { plugin: narrowedBy[0] ?? '', verdict: NOT_AMONG };
    return filters.refusalOf(node);
  }

  /** Puts a Pod on a Node where it can run there; why not, where it cannot. */
  schedule(pod: PodInfo, name: string): Refusal | undefined {
    const refusal = this.refusal(pod, name);
    if (refusal === undefined) this.placePod(pod, name);
    return refusal;
  }

  /**
   * Puts a Pod on the next Node of those wanted that takes it; the Node's name, undefined where none does.
   * Source: cluster-autoscaler/simulator/clustersnapshot/predicate/plugin_runner.go `RunFiltersUntilPassingNode`, 1.36.1.
   */
  scheduleOnAny(pod: PodInfo, isWanted: (node: NodeInfo) => boolean): string | undefined {
    const prepared = preFilter(PROFILE, pod, this.snapshot);
    if ('refusal' in prepared) return undefined;
    const { nodes } = this;
    for (let index = 0; index < nodes.length; index++) {
      const at = (this.nextStart + index) % nodes.length;
      const node = nodes[at]!;
      if (!isWanted(node) || node.isUnschedulable || prepared.nodeNames?.has(node.name) === false) continue;
      if (prepared.filters.refusalOf(node) !== undefined) continue;
      this.placePod(pod, node.name);
      this.nextStart = (at + 1) % nodes.length;
      return node.name;
    }
    return undefined;
  }
}

const PROFILE = PROFILES.get(DEFAULT_PROFILE_NAME) ?? [];

const NOT_AMONG = Object.freeze({
  code: 'UnschedulableAndUnresolvable',
  reasons: Object.freeze(['PreFilter filtered the Node out']),
} as const);
