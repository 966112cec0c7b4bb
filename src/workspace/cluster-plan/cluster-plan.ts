import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import { assert } from '../../base/assert.ts';
import type { JsonValue } from '../../base/json.ts';
import { nameAt } from '../../base/json.ts';
import type { Design, RecordId } from '../../design/design.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { assumedNodeObjects } from '../../scene/cluster/assumed-nodes.ts';
import type { AssumedNodes, ClusterPlan, PlannedNode, UnplacedPods } from '../../scene/cluster/cluster-plan.ts';
import { randomSource } from '../../simulator/kernel/random.ts';
import { failedSchedulingMessage } from '../../simulator/scheduler/failed-scheduling.ts';
import type { NodeInfo } from '../../simulator/scheduler/node-info.ts';
import { podInfoOf } from '../../simulator/scheduler/pod-info.ts';
import { DEFAULT_PROFILE_NAME, PROFILES } from '../../simulator/scheduler/profile.ts';
import type { ProfileEntry } from '../../simulator/scheduler/profile.ts';
import type { PodInfo } from '../../simulator/scheduler/pod-info.ts';
import { startOrdinal } from '../../simulator/controllers/statefulset/ordinals.ts';
import type { PodVolumes } from '../../simulator/scheduler/plugins/volumes/pod-volumes.ts';
import { volumeBinding } from '../../simulator/scheduler/plugins/volumes/volume-binding.ts';
import { postFilter } from '../../simulator/scheduler/post-filter.ts';
import type { Snapshot } from '../../simulator/scheduler/snapshot.ts';
import { schedulePod } from '../../simulator/scheduler/schedule-pod.ts';
import type { Decision } from '../../simulator/scheduler/schedule-pod.ts';
import { withMadeClaims } from './plan-claims.ts';
import { bindReserved } from './plan-volumes.ts';
import { PlanSnapshot } from './plan-snapshot.ts';
import { rolesOf, wantedPods } from './wanted-pods.ts';
import type { WantedPods } from './wanted-pods.ts';

/** Everything that the scheduler asks before it binds. */
const PROFILE: readonly ProfileEntry[] = PROFILES.get(DEFAULT_PROFILE_NAME) ?? [];

/** Nodes looked at for all Pods together; more would hold the picture up for seconds. */
const MOST_LOOKS = 60_000;

/**
 * Where the scheduler would put the Pods of a design, one after another in its order, on empty Nodes: with the volumes and
 * devices that they claim, and Pods of a lower priority driven out where one of a higher fits nowhere. The same design, the
 * same plan.
 */
export function clusterPlan(design: Design, registry: KindRegistry, assumed: AssumedNodes): ClusterPlan {
  const records = new Map<string, RecordId>();
  const own: KubernetesObject[] = [];
  for (const { id, object } of design.records.values()) {
    if (object.apiVersion !== 'v1' || object.kind !== 'Node' || records.has(nameOf(object))) continue;
    records.set(nameOf(object), id);
    own.push(object);
  }
  const nodes = own.length > 0 ? own : assumedNodeObjects(assumed, registry);
  const snapshot = new PlanSnapshot(design, registry, nodes);
  const placing = new Placing(snapshot, nodes.length);
  const wanted = wantedPods(design, registry, nodes);
  for (const pods of wanted) if (boundTo(pods) !== undefined) placing.bind(pods);
  for (const pods of wanted) if (boundTo(pods) === undefined) placing.schedule(pods);
  placing.placeDrivenOut();
  return {
    nodes: snapshot.nodes.map((info) => plannedNode(info, records.get(info.name), placing.on(info.name), nodes)),
    unplaced: placing.unplaced,
    untried: placing.untried,
  };
}

function boundTo({ pod }: WantedPods): string | undefined {
  return nameAt(pod, 'spec', 'nodeName');
}

/** A Pod that is on a Node, or was. */
interface Placed {
  readonly pods: WantedPods;
  readonly number: number;
}

interface DrivenOut extends Placed {
  readonly reason: string;
}

class Placing {
  readonly unplaced: UnplacedPods[] = [];
  untried = 0;
  private readonly placed = new Map<string, Map<RecordId, number>>();
  /** Whose Pod it is, by its uid. */
  private readonly origins = new Map<string, Placed>();
  private readonly drivenOut: DrivenOut[] = [];
  private readonly random = randomSource(1, 'cluster-plan');
  private start = 0;
  private looks = 0;
  private attempts = 0;
  private readonly snapshot: PlanSnapshot;
  private readonly nodeCount: number;

  constructor(snapshot: PlanSnapshot, nodeCount: number) {
    this.snapshot = snapshot;
    this.nodeCount = nodeCount;
  }

  on(node: string): ReadonlyMap<RecordId, number> {
    return this.placed.get(node) ?? new Map<RecordId, number>();
  }

  /** Pods that name their Node are not scheduled. */
  bind(pods: WantedPods): void {
    const node = boundTo(pods) ?? '';
    if (this.snapshot.find(node) === undefined) return this.refuse(pods, pods.count, `nodes "${node}" not found`);
    for (let number = 0; number < pods.count; number++) this.put({ pods, number }, this.podOf({ pods, number }), node);
  }

  schedule(pods: WantedPods): void {
    const gated = PROFILE.map(({ plugin }) => plugin.preEnqueue?.(podInfoOf(pods.pod), NOTHING_QUEUED)).find(
      (verdict) => verdict !== undefined,
    );
    if (gated) return this.refuse(pods, pods.count, gated.reasons.join(', '));
    for (let number = 0; number < pods.count; number++) {
      if (this.looks >= MOST_LOOKS) {
        this.untried += pods.count - number;
        return;
      }
      const reason = this.tryOne({ pods, number });
      // What one of them was refused for, those after it are refused for as well: nothing changed.
      if (reason !== undefined) return this.refuse(pods, pods.count - number, reason);
    }
  }

  /** Their controllers make them anew, and they go where room is left. */
  placeDrivenOut(): void {
    for (let next = this.drivenOut.shift(); next !== undefined; next = this.drivenOut.shift()) {
      const isBound = boundTo(next.pods) !== undefined;
      if (isBound || this.looks >= MOST_LOOKS || this.tryOne(next) !== undefined)
        this.refuse(next.pods, 1, next.reason);
    }
  }

  /** Puts a Pod where it fits; why it fits nowhere, else. */
  private tryOne(placed: Placed): string | undefined {
    const { nodeCount, snapshot } = this;
    if (nodeCount === 0) return 'no nodes available to schedule pods';
    this.looks += nodeCount;
    const pod = this.podOf(placed);
    const attempt = String(this.attempts++);
    const cycle = snapshot.cycle();
    const decision = schedulePod(PROFILE, pod, undefined, cycle, this.start, this.random, attempt);
    this.start = (this.start + decision.advance) % nodeCount;
    if (decision.node !== undefined) return this.take(placed, pod, decision, cycle);
    if (decision.error !== undefined) return decision.error;
    const { others, rejected, filters } = decision;
    const outcome = filters && postFilter(PROFILE, pod, { ...decision, filters }, cycle, this.random, attempt);
    if (outcome?.code === 'Success' && outcome.nominate !== undefined && outcome.victims?.length) {
      this.driveOut(outcome.victims, outcome.nominate, pod);
      const next = snapshot.cycle();
      const after = schedulePod(PROFILE, pod, outcome.nominate, next, this.start, this.random, `${attempt}/again`);
      if (after.node !== undefined) return this.take(placed, pod, after, next);
    }
    return failedSchedulingMessage({
      nodeCount,
      preFilter: decision.preFilter?.verdict,
      verdicts: [...rejected.values()].map(({ verdict }) => verdict),
      others: others === undefined ? undefined : { reasons: others, count: nodeCount - rejected.size },
      // What preemption did not help with is not said: it is long, and says nothing of the Nodes.
      postFilter: [],
    });
  }

  /** Takes what the Pod needs on its Node, its volumes and devices too. */
  private take(placed: Placed, pod: PodInfo, decision: Decision, cycle: Snapshot): string | undefined {
    const { snapshot } = this;
    const node = decision.node === undefined ? undefined : snapshot.find(decision.node);
    assert(node !== undefined, 'a Node that was chosen is there');
    for (const { plugin } of PROFILE) {
      const reserved = plugin.reserve?.(pod, node, decision.states.get(plugin.name), snapshot.assuming, cycle);
      if (reserved === undefined) continue;
      if ('verdict' in reserved) return reserved.verdict.reasons.join(', ');
      if (plugin === volumeBinding) bindReserved(snapshot, reserved.taken as PodVolumes, node.name);
    }
    this.put(placed, pod, node.name);
    return undefined;
  }

  /** In the words of the Event that a victim gets; the Pod is named as people name it, for it has no uid yet. */
  private driveOut(victims: readonly PodInfo[], node: string, by: PodInfo): void {
    for (const victim of victims) {
      const origin = this.origins.get(victim.uid);
      if (origin === undefined) continue;
      this.snapshot.remove(victim, node);
      this.count(origin.pods.record, node, -1);
      this.drivenOut.push({ ...origin, reason: `Preempted by pod ${by.key} on node ${node}` });
    }
  }

  private podOf({ pods, number }: Placed): PodInfo {
    const named = numbered(pods.pod, number + (pods.set === undefined ? 0 : startOrdinal(pods.set)));
    return podInfoOf(withMadeClaims(this.snapshot, named, pods.set));
  }

  private put(placed: Placed, pod: PodInfo, node: string): void {
    this.snapshot.place(pod, node);
    this.origins.set(pod.uid, placed);
    this.count(placed.pods.record, node, 1);
  }

  private count(record: RecordId, node: string, more: 1 | -1): void {
    const counts = this.placed.get(node) ?? new Map<RecordId, number>();
    const count = (counts.get(record) ?? 0) + more;
    if (count > 0) counts.set(record, count);
    else counts.delete(record);
    this.placed.set(node, counts);
  }

  private refuse({ record }: WantedPods, count: number, reason: string): void {
    const known = this.unplaced.findIndex((pods) => pods.record === record && pods.reason === reason);
    const before = this.unplaced[known];
    if (before === undefined) this.unplaced.push({ record, count, reason });
    else this.unplaced[known] = { ...before, count: before.count + count };
  }
}

const NOTHING_QUEUED = { isPreempting: () => false };

function numbered(pod: KubernetesObject, number: number): KubernetesObject {
  const metadata = pod['metadata'] as Readonly<Record<string, JsonValue>>;
  const name = `${nameOf(pod)}-${number}`;
  return { ...pod, metadata: { ...metadata, name, uid: `${String(metadata['namespace'])}/${pod.kind}/${name}` } };
}

function plannedNode(
  info: NodeInfo,
  record: RecordId | undefined,
  pods: ReadonlyMap<RecordId, number>,
  all: readonly KubernetesObject[],
): PlannedNode {
  const { node, requested, allocatable } = info;
  const roles = rolesOf(node);
  return {
    ...(record === undefined ? {} : { record }),
    name: info.name,
    roles,
    isControlPlane: roles.some(isControlPlaneRole) && all.length > 0,
    zone: labelsOf(node).get('topology.kubernetes.io/zone') ?? '',
    taints: info.taints.map(taintText),
    isCordoned: info.isUnschedulable,
    room: {
      cpuMilli: { requested: requested.cpuMilli, allocatable: allocatable.cpuMilli },
      memoryBytes: { requested: requested.memoryBytes, allocatable: allocatable.memoryBytes },
      pods: { requested: info.pods.length, allocatable: info.allowedPods },
    },
    pods: [...pods].map(([workload, count]) => ({ record: workload, count })),
  };
}

/** Clusters of before 1.24 call it otherwise. */
function isControlPlaneRole(role: string): boolean {
  return role === 'control-plane' || role === 'master';
}

function taintText(taint: JsonValue): string {
  const value = nameAt(taint, 'value');
  return `${nameAt(taint, 'key') ?? ''}${value === undefined ? '' : `=${value}`}:${nameAt(taint, 'effect') ?? ''}`;
}
