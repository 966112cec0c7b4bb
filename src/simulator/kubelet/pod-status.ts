import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, numberAt, stringAt } from '../../base/json.ts';
import { timeOf } from '../kernel/clock.ts';
import { containerStatus } from './container-status.ts';
import { nameOfContainer } from './next-container.ts';
import { phaseOf } from './phase.ts';
import type { PodRecord } from './pod-record.ts';
import { isSidecar } from './restart.ts';

/** Source: pkg/kubelet/kubelet_pods.go `generateAPIPodStatus`, 1.36. */
export function podStatus(record: PodRecord, hostIp: string, nowMs: number): JsonObject {
  const { pod, sandbox } = record;
  const inits = arrayAt(pod, 'spec', 'initContainers');
  const regular = arrayAt(pod, 'spec', 'containers');
  const initStatuses = inits.map((container) => containerStatus(container, record, true));
  const statuses = regular.map((container) => containerStatus(container, record, false));
  const all = [...initStatuses, ...statuses];
  const wasInitialized = regular.some(
    (container) => record.containers.get(nameOfContainer(container))?.container?.state === 'running',
  );
  const before = stringAt(record.status, 'phase');
  const isOver = before === 'Succeeded' || before === 'Failed';
  const phase = isOver ? before : phaseOf(pod, all, record.isTerminating, wasInitialized);
  const isHost = booleanAt(pod, 'spec', 'hostNetwork') === true;
  const ip = isHost ? hostIp : (sandbox?.ip ?? stringAt(record.status, 'podIP'));
  const conditions = [
    { type: 'PodReadyToStartContainers', status: word(sandbox !== undefined && !record.isGone) },
    initialized(inits, regular, all, phase),
    ...ready(pod, inits, regular, all, phase),
    { type: 'PodScheduled', status: 'True' },
  ].map((condition) => dated(pod, record, condition, nowMs));
  return Object.freeze({
    phase,
    observedGeneration: numberAt(pod, 'metadata', 'generation') ?? 1,
    hostIP: hostIp,
    hostIPs: [{ ip: hostIp }],
    ...(ip === undefined ? {} : { podIP: ip, podIPs: [{ ip }] }),
    startTime: record.startTime,
    conditions,
    ...(inits.length === 0 ? {} : { initContainerStatuses: initStatuses }),
    containerStatuses: statuses,
  });
}

type Fact = { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string };

/** The moment at which a condition got its status stays as long as the status does. */
function dated(pod: unknown, record: PodRecord, fact: Fact, nowMs: number): JsonObject {
  const old = findCondition(conditionsOf(record), fact.type) ?? findCondition(conditionsOf(pod), fact.type);
  const isSame = stringAt(old, 'status') === fact.status;
  const since = isSame ? stringAt(old, 'lastTransitionTime') : undefined;
  return {
    ...fact,
    observedGeneration: numberAt(pod, 'metadata', 'generation') ?? 1,
    lastTransitionTime: since ?? timeOf(nowMs),
  };
}

function word(holds: boolean): string {
  return holds ? 'True' : 'False';
}

/** Source: pkg/kubelet/status/generate.go `GeneratePodInitializedCondition`, 1.36. */
function initialized(
  inits: readonly JsonValue[],
  regular: readonly JsonValue[],
  statuses: readonly JsonObject[],
  phase: string,
): Fact {
  const type = 'Initialized';
  if (phase === 'Succeeded') return { type, status: 'True', reason: 'PodCompleted' };
  const started = regular.some((container) => {
    const status = statusOf(statuses, container);
    return booleanAt(status, 'started') === true || status?.['lastState'] !== undefined || isEnded(status);
  });
  const open = inits.filter((container) => {
    const status = statusOf(statuses, container);
    return booleanAt(status, isSidecar(container) ? 'started' : 'ready') !== true;
  });
  if (started || open.length === 0) return { type, status: 'True' };
  const message = `containers with incomplete status: [${open.map(nameOfContainer).join(' ')}]`;
  return { type, status: 'False', reason: 'ContainersNotInitialized', message };
}

function isEnded(status: JsonObject | undefined): boolean {
  return stringAt(status, 'state', 'terminated', 'reason') !== undefined;
}

/**
 * `Ready` and `ContainersReady`.
 * Source: pkg/kubelet/status/generate.go `GeneratePodReadyCondition` and `GenerateContainersReadyCondition`, 1.36.
 */
function ready(
  pod: unknown,
  inits: readonly JsonValue[],
  regular: readonly JsonValue[],
  statuses: readonly JsonObject[],
  phase: string,
): readonly Fact[] {
  const unready = [...inits.filter(isSidecar), ...regular]
    .filter((container) => booleanAt(statusOf(statuses, container), 'ready') !== true)
    .map(nameOfContainer);
  const reason =
    phase === 'Succeeded'
      ? 'PodCompleted'
      : phase === 'Failed'
        ? 'PodFailed'
        : unready.length > 0
          ? NOT_READY
          : undefined;
  const message = reason === NOT_READY ? { message: `containers with unready status: [${unready.join(' ')}]` } : {};
  const why = reason === undefined ? { status: 'True' } : { status: 'False', reason, ...message };
  const gates = reason === undefined ? gatesClosed(pod) : '';
  const own = gates === '' ? why : { status: 'False', reason: 'ReadinessGatesNotReady', message: gates };
  return [
    { type: 'Ready', ...own },
    { type: 'ContainersReady', ...why },
  ];
}

const NOT_READY = 'ContainersNotReady';

function gatesClosed(pod: unknown): string {
  const conditions = conditionsOf(pod);
  return arrayAt(pod, 'spec', 'readinessGates')
    .flatMap((gate) => {
      const type = stringAt(gate, 'conditionType') ?? '';
      const status = stringAt(findCondition(conditions, type), 'status');
      if (status === 'True') return [];
      return status === undefined
        ? [`corresponding condition of pod readiness gate "${type}" does not exist.`]
        : [`the status of pod readiness gate "${type}" is not "True", but ${status}`];
    })
    .join(', ');
}

function statusOf(statuses: readonly JsonObject[], container: JsonValue): JsonObject | undefined {
  return statuses.find(({ name }) => name === nameOfContainer(container));
}
