import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import { arrayAt, booleanAt, numberAt, stringAt, valueAt } from '../../../base/json.ts';
import type { JsonValue } from '../../../base/json.ts';
import {
  availableOf,
  countedReplicas,
  findNewSet,
  findOldSets,
  isRollingUpdate,
  maxSurge,
  maxUnavailable,
  newReplicas,
  progressDeadlineOf,
  replicasOf,
  revisionOf,
  wantedReplicas,
} from '../../../simulator/controllers/deployment/replica-sets.ts';
import { shrinkOldSets } from '../../../simulator/controllers/deployment/rolling.ts';
import { msOf } from '../../../simulator/kernel/clock.ts';
import type { Moment } from './moment.ts';
import { ownedBy } from './moment.ts';

/** The sums that the Deployment controller does at a moment. Source: pkg/controller/deployment/rolling.go, 1.36. */
export interface Rollout {
  readonly strategy: 'RollingUpdate' | 'Recreate';
  readonly desired: number;
  /** As written, and what becomes of it: a share of the replicas is rounded up for the surge, down for the shortage. */
  readonly maxSurge: { readonly given: string; readonly resolved: number };
  readonly maxUnavailable: { readonly given: string; readonly resolved: number };
  readonly mostTotal: number;
  readonly leastAvailable: number;
  /** What all ReplicaSets shall have together, and what of it is available. */
  readonly total: number;
  readonly available: number;
  readonly newSet: RolloutSet | undefined;
  readonly oldSets: readonly RolloutSet[];
  /** How many Pods of the new ReplicaSet may be created now, and how many of the old ones deleted. */
  readonly mayCreate: number;
  readonly mayDelete: number;
  readonly state: RolloutState;
  /** Seconds without progress after which the roll-out is called late, and when that is, in milliseconds of the run. */
  readonly deadlineSeconds: number | undefined;
  readonly deadlineAtMs: number | undefined;
}

/** What a roll-out does, or waits for. */
export type RolloutState = 'done' | 'paused' | 'moves' | 'waitsForNew' | 'waitsForOld' | 'late';

export interface RolloutSet {
  readonly name: string;
  readonly revision: number | undefined;
  readonly images: string;
  readonly wanted: number;
  readonly there: number;
  readonly ready: number;
  readonly available: number;
}

export function rolloutOf(deployment: KubernetesObject, moment: Moment): Rollout {
  const sets = ownedBy(moment, deployment, 'ReplicaSet');
  const newSet = findNewSet(deployment, sets);
  const oldSets = findOldSets(deployment, sets);
  const desired = replicasOf(deployment);
  const [surge, unavailable] = [maxSurge(deployment), maxUnavailable(deployment)];
  const all = newSet === undefined ? oldSets : [...oldSets, newSet];
  const isRolling = isRollingUpdate(deployment);
  const mayCreate = newSet === undefined ? 0 : Math.max(0, newReplicas(deployment, all, newSet) - replicasOf(newSet));
  const mayDelete =
    newSet === undefined || !isRolling
      ? 0
      : shrunk(
          shrinkOldSets(deployment, oldSets, newSet).map(({ set, size }) => [nameOf(set), size]),
          oldSets,
        );
  const rolling = (field: string) => written(valueAt(deployment, 'spec', 'strategy', 'rollingUpdate', field));
  return {
    strategy: isRolling ? 'RollingUpdate' : 'Recreate',
    desired,
    maxSurge: { given: rolling('maxSurge'), resolved: surge },
    maxUnavailable: { given: rolling('maxUnavailable'), resolved: unavailable },
    mostTotal: desired + surge,
    leastAvailable: desired - unavailable,
    total: wantedReplicas(all),
    available: countedReplicas(all, 'availableReplicas'),
    newSet: newSet && setOf(newSet),
    oldSets: oldSets.map(setOf),
    mayCreate,
    mayDelete,
    state: stateOf(deployment, newSet, oldSets, mayCreate + mayDelete),
    ...deadlineOf(deployment),
  };
}

/** The last size that a set gets counts. */
function shrunk(sizes: readonly (readonly [string, number])[], sets: readonly KubernetesObject[]): number {
  const last = new Map(sizes);
  return sets.reduce((sum, set) => sum + replicasOf(set) - (last.get(nameOf(set)) ?? replicasOf(set)), 0);
}

function written(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–';
}

function setOf(set: KubernetesObject): RolloutSet {
  return {
    name: nameOf(set),
    revision: revisionOf(set),
    images: arrayAt(set, 'spec', 'template', 'spec', 'containers')
      .map((container) => stringAt(container, 'image') ?? '')
      .join(', '),
    wanted: replicasOf(set),
    there: numberAt(set, 'status', 'replicas') ?? 0,
    ready: numberAt(set, 'status', 'readyReplicas') ?? 0,
    available: availableOf(set),
  };
}

function stateOf(
  deployment: KubernetesObject,
  newSet: KubernetesObject | undefined,
  oldSets: readonly KubernetesObject[],
  moves: number,
): RolloutState {
  const old = wantedReplicas(oldSets) + countedReplicas(oldSets, 'replicas');
  if (newSet !== undefined && old === 0 && availableOf(newSet) === replicasOf(deployment)) return 'done';
  if (booleanAt(deployment, 'spec', 'paused') === true) return 'paused';
  const progress = findCondition(conditionsOf(deployment), 'Progressing');
  if (stringAt(progress, 'reason') === 'ProgressDeadlineExceeded') return 'late';
  if (moves > 0) return 'moves';
  const isWaiting = newSet !== undefined && availableOf(newSet) < replicasOf(newSet);
  return isWaiting ? 'waitsForNew' : 'waitsForOld';
}

function deadlineOf(deployment: KubernetesObject): Pick<Rollout, 'deadlineSeconds' | 'deadlineAtMs'> {
  const deadlineSeconds = progressDeadlineOf(deployment);
  const progress = findCondition(conditionsOf(deployment), 'Progressing');
  const since = msOf(stringAt(progress, 'lastUpdateTime') ?? '');
  const isOver = stringAt(progress, 'reason') === 'NewReplicaSetAvailable';
  const deadlineAtMs =
    deadlineSeconds === undefined || since === undefined || isOver ? undefined : since + deadlineSeconds * 1000;
  return { deadlineSeconds, deadlineAtMs };
}
