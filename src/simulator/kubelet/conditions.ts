import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, objectAt, stringAt } from '../../base/json.ts';
import type { PodRuntime } from './pod-runtime.ts';
import { containersOf, nameOfContainer, newestOf, sandboxChanged } from './pod-runtime.ts';
import { isSidecar, shouldAllRestart } from './restart.ts';

/** A condition without times. */
export interface ConditionFact {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
  /** The generation of the Pod that it tells of, where that is not the present one. */
  readonly observedGeneration?: number;
}

/** The statuses of all containers of a Pod; undefined where none is known. */
export type Statuses = readonly JsonValue[] | undefined;

/** Source: pkg/kubelet/status/generate.go `GenerateContainersReadyCondition`, 1.36. */
export function containersReady(pod: unknown, statuses: Statuses, phase: string): ConditionFact {
  const type = 'ContainersReady';
  if (statuses === undefined) return { type, status: 'False', reason: 'UnknownContainerStatuses' };
  const watched = [...containersOf(pod, 'init').filter(isSidecar), ...containersOf(pod, 'regular')];
  const unknown = watched.filter((container) => statusOf(statuses, container) === undefined);
  const unready = watched.filter((container) => {
    const status = statusOf(statuses, container);
    return status !== undefined && booleanAt(status, 'ready') !== true;
  });
  if (phase === 'Succeeded' && unknown.length === 0) return { type, status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { type, status: 'False', reason: 'PodFailed' };
  const message = told(unknown, 'unknown', unready, 'unready');
  return message === '' ? { type, status: 'True' } : { type, status: 'False', reason: 'ContainersNotReady', message };
}

/**
 * All containers are ready and all gates are open; `conditions` are those that others have set.
 * Source: pkg/kubelet/status/generate.go `GeneratePodReadyCondition`, 1.36.
 */
export function podReady(
  pod: unknown,
  conditions: readonly JsonObject[],
  statuses: Statuses,
  phase: string,
): ConditionFact {
  const type = 'Ready';
  const ready = containersReady(pod, statuses, phase);
  if (ready.status !== 'True') return { ...ready, type };
  const closed = arrayAt(pod, 'spec', 'readinessGates').flatMap((gate) => {
    const gateType = stringAt(gate, 'conditionType') ?? '';
    const status = stringAt(findCondition(conditions, gateType), 'status');
    if (status === 'True') return [];
    return status === undefined
      ? [`corresponding condition of pod readiness gate "${gateType}" does not exist.`]
      : [`the status of pod readiness gate "${gateType}" is not "True", but ${status}`];
  });
  return closed.length === 0
    ? { type, status: 'True' }
    : { type, status: 'False', reason: 'ReadinessGatesNotReady', message: closed.join(', ') };
}

/** Source: pkg/kubelet/status/generate.go `GeneratePodInitializedCondition`, 1.36. */
export function podInitialized(pod: unknown, before: unknown, statuses: Statuses, phase: string): ConditionFact {
  const type = 'Initialized';
  const inits = containersOf(pod, 'init');
  if (statuses === undefined && inits.length > 0) return { type, status: 'False', reason: 'UnknownContainerStatuses' };
  const known = statuses ?? [];
  const unknown = inits.filter((container) => statusOf(known, container) === undefined);
  const incomplete = inits.filter((container) => {
    const status = statusOf(known, container);
    return status !== undefined && booleanAt(status, isSidecar(container) ? 'started' : 'ready') !== true;
  });
  if (phase === 'Succeeded' && unknown.length === 0) return { type, status: 'True', reason: 'PodCompleted' };
  const message = hasStarted(pod, known) ? '' : told(unknown, 'unknown', incomplete, 'incomplete');
  const wasInitialized = stringAt(findCondition(conditionsOf({ status: before }), type), 'status') === 'True';
  return message === '' || wasInitialized
    ? { type, status: 'True' }
    : { type, status: 'False', reason: 'ContainersNotInitialized', message };
}

/** Source: pkg/kubelet/container/helpers.go `HasAnyRegularContainerStarted`, 1.36. */
function hasStarted(pod: unknown, statuses: readonly JsonValue[]): boolean {
  return containersOf(pod, 'regular').some((container) => {
    const state = objectAt(statusOf(statuses, container), 'state') ?? {};
    return state['running'] !== undefined || state['terminated'] !== undefined;
  });
}

/** Source: pkg/kubelet/status/generate.go `GeneratePodReadyToStartContainersCondition`, 1.36. */
export function readyToStart(pod: unknown, runtime: PodRuntime): ConditionFact {
  const { isChanged } = sandboxChanged(pod, runtime);
  return { type: 'PodReadyToStartContainers', status: isChanged ? 'False' : 'True' };
}

/** Source: pkg/kubelet/status/generate.go `GenerateAllContainersRestartingCondition`, 1.36. */
export function allRestarting(pod: unknown, runtime: PodRuntime, before: unknown, phase: string): ConditionFact {
  const type = 'AllContainersRestarting';
  if (phase === 'Succeeded') return { type, status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { type, status: 'False', reason: 'PodFailed' };
  const isCleanedUp = [...containersOf(pod, 'init'), ...containersOf(pod, 'regular')].every(
    (container) => newestOf(runtime, nameOfContainer(container)) === undefined,
  );
  if (isCleanedUp || !shouldAllRestart(pod, runtime, before)) return { type, status: 'False' };
  const message = 'container exited with restart policy rule';
  return { type, status: 'True', reason: 'RestartAllContainersStarted', message };
}

function told(unknown: readonly JsonValue[], unknownWord: string, others: readonly JsonValue[], word: string): string {
  const part = (containers: readonly JsonValue[], status: string) =>
    containers.length === 0 ? [] : [`containers with ${status} status: [${containers.map(nameOfContainer).join(' ')}]`];
  return [...part(unknown, unknownWord), ...part(others, word)].join(', ');
}

function statusOf(statuses: readonly JsonValue[], container: JsonValue): JsonValue | undefined {
  const name = nameOfContainer(container);
  return statuses.find((status) => stringAt(status, 'name') === name);
}
