import { arrayAt, stringAt } from '../../base/json.ts';
import type { Refusal } from '../scheduler/filtering.ts';
import type { NodeInfo } from '../scheduler/node-info.ts';
import type { PodInfo } from '../scheduler/pod-info.ts';
import type { ClusterSnapshot } from './cluster-snapshot.ts';
import type { PodGroup } from './pod-groups.ts';
import { nodeLike } from './templates.ts';

/** How many Nodes are needed, and for which Pods. */
export interface Estimate {
  readonly nodeCount: number;
  readonly pods: readonly PodInfo[];
}

/**
 * How many Nodes like the template Pods need: the largest Pods first, each on the first of the new Nodes that takes it.
 * `most` is the number of Nodes that may be added; undefined for any number.
 * Source: cluster-autoscaler/estimator/binpacking_estimator.go, 1.36.1.
 */
export function estimate(
  groups: readonly PodGroup[],
  template: NodeInfo,
  snapshot: ClusterSnapshot,
  most: number | undefined,
): Estimate {
  const moment = snapshot.fork();
  const packing = new Packing(template, snapshot, most);
  for (const { pods } of byScore(groups, template)) packing.pack(pods);
  snapshot.revert(moment);
  return { nodeCount: packing.used.size, pods: packing.scheduled };
}

class Packing {
  readonly scheduled: PodInfo[] = [];
  /** Names of new Nodes with Pods. */
  readonly used = new Set<string>();
  private readonly made = new Set<string>();
  private readonly template: NodeInfo;
  private readonly snapshot: ClusterSnapshot;
  private readonly most: number | undefined;
  private last: string | undefined;
  private mayAdd = true;

  constructor(template: NodeInfo, snapshot: ClusterSnapshot, most: number | undefined) {
    this.template = template;
    this.snapshot = snapshot;
    this.most = most;
  }

  pack(pods: readonly PodInfo[]): void {
    let at = 0;
    while (at < pods.length && this.onAny(pods[at]!, ({ name }) => this.made.has(name))) at++;
    if (this.mayAdd) this.mayAdd = this.onNew(pods.slice(at));
  }

  private onAny(pod: PodInfo, isWanted: (node: NodeInfo) => boolean): boolean {
    const name = this.snapshot.scheduleOnAny(pod, isWanted);
    if (name !== undefined) this.take(pod, name);
    return name !== undefined;
  }

  private take(pod: PodInfo, name: string): void {
    this.scheduled.push(pod);
    this.used.add(name);
  }

  /** False where no more Nodes may be added. */
  private onNew(pods: readonly PodInfo[]): boolean {
    for (const pod of pods) {
      if (this.last !== undefined && this.onLast(pod, this.last)) continue;
      // The last Node is empty, and the Pod would not fit on another one like it.
      if (this.last !== undefined && !this.used.has(this.last)) return true;
      if (this.most !== undefined && this.made.size >= this.most) return false;
      const name = `${this.template.name}-e-${this.made.size}`;
      this.snapshot.addNode(nodeLike(this.template, name));
      this.made.add(name);
      this.last = name;
      if (this.snapshot.schedule(pod, name) !== undefined) return true;
      this.take(pod, name);
    }
    return true;
  }

  private onLast(pod: PodInfo, last: string): boolean {
    const refusal = this.snapshot.schedule(pod, last);
    if (refusal === undefined) {
      this.take(pod, last);
      return true;
    }
    // Another Node would have the same trouble: it can only stand on one that there is.
    return spreadsOverHosts(pod) && isBySpread(refusal) && this.onAny(pod, ({ name }) => name !== last);
  }
}

function spreadsOverHosts({ pod }: PodInfo): boolean {
  return arrayAt(pod, 'spec', 'topologySpreadConstraints').some(
    (constraint) => stringAt(constraint, 'topologyKey') === 'kubernetes.io/hostname',
  );
}

/** Source: pkg/scheduler/framework/plugins/podtopologyspread/plugin.go `ErrReasonConstraintsNotMatch`, 1.36. */
function isBySpread({ verdict }: Refusal): boolean {
  return verdict.reasons.includes("node(s) didn't match pod topology spread constraints");
}

/** Those that need the most of a Node first. Source: cluster-autoscaler/estimator/decreasing_pod_orderer.go, 1.36.1. */
function byScore(groups: readonly PodGroup[], { allocatable }: NodeInfo): readonly PodGroup[] {
  const share = (amount: number, of: number): number => (of > 0 ? amount / of : 0);
  const score = ({ pods: [first] }: PodGroup): number =>
    first === undefined
      ? 0
      : share(first.requests.cpuMilli, allocatable.cpuMilli) +
        share(first.requests.memoryBytes, allocatable.memoryBytes);
  return groups
    .map((group) => ({ group, score: score(group) }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ group }) => group);
}
