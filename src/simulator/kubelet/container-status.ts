import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import { timeOf } from '../kernel/clock.ts';
import { nameOfContainer } from './next-container.ts';
import type { ContainerRecord, PodRecord } from './pod-record.ts';
import { isSidecar, shouldRestart } from './restart.ts';
import type { RuntimeContainer } from './runtime.ts';

/** Source: pkg/kubelet/kubelet_pods.go `convertToAPIContainerStatuses`, 1.36. */
export function containerStatus(container: JsonValue, record: PodRecord, isInit: boolean): JsonObject {
  const name = nameOfContainer(container);
  const known = record.containers.get(name);
  const current = known?.container;
  const state = stateOf(container, record, known);
  const last = state['waiting'] !== undefined && current?.state === 'exited' ? current : known?.last;
  const isRunning = state['running'] !== undefined;
  const isDone = isInit && !isSidecar(container) && current?.state === 'exited' && current.exitCode === 0;
  return {
    name,
    image: nameAt(container, 'image') ?? '',
    imageID: current === undefined ? '' : `${current.image}@sha256`,
    ...(current === undefined ? {} : { containerID: `containerd://${current.id}` }),
    restartCount: current?.attempt ?? 0,
    ready: isDone || (isRunning && known!.isReady),
    started: isRunning && known!.isStarted,
    state,
    ...(last === undefined ? {} : { lastState: { terminated: terminated(last) } }),
  };
}

function stateOf(container: JsonValue, record: PodRecord, known: ContainerRecord | undefined): JsonObject {
  const current = known?.container;
  const { pod } = record;
  if (current?.state === 'running') return { running: { startedAt: timeOf(current.startedAtMs) } };
  const isAgain = current?.state !== 'exited' || shouldRestart(container, pod, current.exitCode);
  if (known?.waiting !== undefined && isAgain && !record.isTerminating) return { waiting: { ...known.waiting } };
  if (current?.state === 'exited') return { terminated: terminated(current) };
  const hasInits = arrayAt(pod, 'spec', 'initContainers').length > 0;
  return { waiting: { reason: hasInits ? 'PodInitializing' : 'ContainerCreating' } };
}

function terminated({ id, exitCode, startedAtMs, finishedAtMs }: RuntimeContainer): JsonObject {
  return {
    exitCode,
    reason: exitCode === 0 ? 'Completed' : 'Error',
    startedAt: timeOf(startedAtMs),
    finishedAt: timeOf(finishedAtMs),
    containerID: `containerd://${id}`,
  };
}
