import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
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
import { schedulePod } from '../../simulator/scheduler/schedule-pod.ts';
import { PlanSnapshot } from './plan-snapshot.ts';
import { rolesOf, wantedPods } from './wanted-pods.ts';
import type { WantedPods } from './wanted-pods.ts';

/**
 * Volumes and devices are taken for granted, and no Pod is driven out for another: a plan says where Pods would go, a
 * rehearsal says what happens.
 */
const NOT_ASKED = new Set([
  'VolumeRestrictions',
  'NodeVolumeLimits',
  'VolumeBinding',
  'VolumeZone',
  'DynamicResources',
  'DefaultPreemption',
  'DefaultBinder',
]);

const PROFILE: readonly ProfileEntry[] = (PROFILES.get(DEFAULT_PROFILE_NAME) ?? []).filter(
  ({ plugin }) => !NOT_ASKED.has(plugin.name),
);

/** Nodes looked at for all Pods together; more would hold the picture up for seconds. */
const MOST_LOOKS = 60_000;

/** Where the scheduler would put the Pods of a design, one after another, on empty Nodes. The same design, the same plan. */
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
  return {
    nodes: snapshot.nodes.map((info) => plannedNode(info, records.get(info.name), placing.on(info.name), nodes)),
    unplaced: placing.unplaced,
    untried: placing.untried,
  };
}

function boundTo({ pod }: WantedPods): string | undefined {
  return nameAt(pod, 'spec', 'nodeName');
}

class Placing {
  readonly unplaced: UnplacedPods[] = [];
  untried = 0;
  private readonly placed = new Map<string, Map<RecordId, number>>();
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
    for (let number = 0; number < pods.count; number++) this.put(pods, number, node);
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
      this.looks += this.nodeCount;
      const decision = this.decide(pods, number);
      // What one of them was refused for, those after it are refused for as well: nothing changed.
      if (decision.node === undefined) return this.refuse(pods, pods.count - number, decision.reason);
      this.put(pods, number, decision.node);
    }
  }

  private decide(pods: WantedPods, number: number): { readonly node?: string; readonly reason: string } {
    const { nodeCount, snapshot } = this;
    if (nodeCount === 0) return { reason: 'no nodes available to schedule pods' };
    const pod = podInfoOf(numbered(pods.pod, number));
    const attempt = String(this.attempts++);
    const decision = schedulePod(PROFILE, pod, undefined, snapshot, this.start, this.random, attempt);
    this.start = (this.start + decision.advance) % nodeCount;
    if (decision.node !== undefined) return { node: decision.node, reason: '' };
    const { others, rejected } = decision;
    const message = failedSchedulingMessage({
      nodeCount,
      preFilter: decision.preFilter?.verdict,
      verdicts: [...rejected.values()].map(({ verdict }) => verdict),
      others: others === undefined ? undefined : { reasons: others, count: nodeCount - rejected.size },
      postFilter: [],
    });
    return { reason: decision.error ?? message };
  }

  private put(pods: WantedPods, number: number, node: string): void {
    this.snapshot.place(podInfoOf(numbered(pods.pod, number)), node);
    const counts = this.placed.get(node) ?? new Map<RecordId, number>();
    this.placed.set(node, counts.set(pods.record, (counts.get(pods.record) ?? 0) + 1));
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
