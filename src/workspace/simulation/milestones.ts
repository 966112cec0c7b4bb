import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, isKubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import { rolloutStatus } from '../../simulator/kubectl/rollout-status.ts';

/** Something of a run that a person would want to be brought to. */
export interface Milestone {
  readonly seq: number;
  readonly timeMs: number;
  readonly type: MilestoneType;
  /** `Pod/shop/web-0`; the fault's name where something broke; '' where the whole cluster is meant. */
  readonly object: string;
}

export const MILESTONE_TYPES = [
  'available',
  'unavailable',
  'rolledOut',
  'stalled',
  'podReady',
  'podNotReady',
  'podFailed',
  'podSucceeded',
  'podRestarted',
  'podUnschedulable',
  'nodeReady',
  'nodeNotReady',
  'jobComplete',
  'jobFailed',
  'claimBound',
  'fault',
  'refused',
  'settled',
] as const;
export type MilestoneType = (typeof MILESTONE_TYPES)[number];

/** Watches the steps of one branch go by, and says which of them are milestones. */
export class MilestoneFinder {
  /** The newest version of each object that was told to somebody, by `Pod/shop/web-0`. */
  private readonly newest = new Map<string, KubernetesObject>();
  /** Steps at which the server refused a person's write. */
  private readonly isRefusal: (entry: TraceEntry) => string | undefined;

  constructor(isRefusal: (entry: TraceEntry) => string | undefined) {
    this.isRefusal = isRefusal;
  }

  observe(entries: readonly TraceEntry[]): readonly Milestone[] {
    return entries.flatMap((entry) =>
      this.typesOf(entry).map(({ type, object }) => ({ seq: entry.seq, timeMs: entry.timeMs, type, object })),
    );
  }

  private typesOf(entry: TraceEntry): readonly Pick<Milestone, 'type' | 'object'>[] {
    const { class: kind, verb, object = '', body } = entry;
    if (kind === 'fault') return [{ type: 'fault', object: verb }];
    const refused = this.isRefusal(entry);
    if (refused !== undefined) return [{ type: 'refused', object: refused }];
    if (kind !== 'watch' || !isKubernetesObject(body) || !Object.hasOwn(JUDGES, body.kind)) return [];
    if (verb === 'DELETED') {
      this.newest.delete(object);
      return [];
    }
    const before = this.newest.get(object);
    // Everybody who watches is told of the same version.
    if (revisionOf(before) >= revisionOf(body)) return [];
    this.newest.set(object, body);
    return JUDGES[body.kind]!(body, before).map((type) => ({ type, object }));
  }
}

function revisionOf(object: KubernetesObject | undefined): number {
  return Number(stringAt(object, 'metadata', 'resourceVersion') ?? -1);
}

type Judge = (now: KubernetesObject, before: KubernetesObject | undefined) => readonly MilestoneType[];

/** What a change of an object of each kind comes to. */
const JUDGES: Readonly<Record<string, Judge>> = {
  Pod: podMilestones,
  Node: (now, before) => turn(now, before, 'Ready', 'nodeReady', 'nodeNotReady'),
  Deployment: (now, before) => [
    ...turn(now, before, 'Available', 'available', 'unavailable'),
    ...(isStalled(now) && !isStalled(before) ? (['stalled'] as const) : []),
    ...rolledOut(now, before),
  ],
  StatefulSet: rolledOut,
  DaemonSet: rolledOut,
  Job: (now, before) => [
    ...turn(now, before, 'Complete', 'jobComplete', undefined),
    ...turn(now, before, 'Failed', 'jobFailed', undefined),
  ],
  PersistentVolumeClaim: (now, before) =>
    phaseOf(now) === 'Bound' && phaseOf(before) !== 'Bound' ? ['claimBound'] : [],
};

function statusOf(object: KubernetesObject | undefined, type: string): string | undefined {
  return object && stringAt(findCondition(conditionsOf(object), type), 'status');
}

/** A condition that becomes true, and one that no longer is. */
function turn(
  now: KubernetesObject,
  before: KubernetesObject | undefined,
  type: string,
  up: MilestoneType,
  down: MilestoneType | undefined,
): readonly MilestoneType[] {
  const [is, was] = [statusOf(now, type), statusOf(before, type)];
  if (is === 'True' && was !== 'True') return [up];
  return down !== undefined && was === 'True' && is !== 'True' ? [down] : [];
}

function phaseOf(object: KubernetesObject | undefined): string | undefined {
  return stringAt(object, 'status', 'phase');
}

function isStalled(object: KubernetesObject | undefined): boolean {
  const progressing = object && findCondition(conditionsOf(object), 'Progressing');
  return stringAt(progressing, 'reason') === 'ProgressDeadlineExceeded';
}

/** As `kubectl rollout status` says it. */
function rolledOut(now: KubernetesObject, before: KubernetesObject | undefined): readonly MilestoneType[] {
  const isDone = (object: KubernetesObject): boolean => {
    const status = rolloutStatus(object);
    return status !== undefined && 'isDone' in status && status.isDone;
  };
  return before !== undefined && isDone(now) && !isDone(before) ? ['rolledOut'] : [];
}

function podMilestones(now: KubernetesObject, before: KubernetesObject | undefined): readonly MilestoneType[] {
  const phase = phaseOf(now);
  if (phase !== phaseOf(before)) {
    if (phase === 'Failed') return ['podFailed'];
    if (phase === 'Succeeded') return ['podSucceeded'];
  }
  const found: MilestoneType[] = [];
  if (restartsOf(now) > restartsOf(before)) found.push('podRestarted');
  // A Pod that is being ended stops being ready as a matter of course.
  if (!isBeingDeleted(now)) found.push(...turn(now, before, 'Ready', 'podReady', 'podNotReady'));
  if (isUnschedulable(now) && !isUnschedulable(before)) found.push('podUnschedulable');
  return found;
}

function restartsOf(pod: KubernetesObject | undefined): number {
  return arrayAt(pod, 'status', 'containerStatuses').reduce<number>(
    (sum, status) => sum + (numberAt(status, 'restartCount') ?? 0),
    0,
  );
}

function isUnschedulable(pod: KubernetesObject | undefined): boolean {
  const scheduled = pod && findCondition(conditionsOf(pod), 'PodScheduled');
  return stringAt(scheduled, 'reason') === 'Unschedulable';
}
