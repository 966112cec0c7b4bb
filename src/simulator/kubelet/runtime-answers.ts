import { objectAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { AnswerMessage } from '../messages.ts';
import type { HookTimer } from './hooks.ts';
import { execOutcome } from './hooks.ts';
import { pressureMeasured } from './eviction/measured.ts';
import type { ContainerStats } from './runtime/container-stats.ts';
import { imageLooked, imagePulled } from './image-manager.ts';
import { answerCall } from './answer-call.ts';
import { attached } from './kubelet-server.ts';
import { forwardOpened } from './port-forward.ts';
import { containerStopped, preStopDone } from './kill-container.ts';
import { listed } from './pleg.ts';
import { networkState } from './pod-network.ts';
import type { PodRecord } from './pod-record.ts';
import type { RuntimeContainer, Sandbox } from './pod-runtime.ts';
import { specOf, withSandbox } from './pod-runtime.ts';
import { statsListed } from './resource-metrics.ts';
import { stepDone, stepFailed } from './worker-queue.ts';
import { updated } from './resize.ts';
import { created, postStartDone, started } from './create-container.ts';
import type { Called, KubeletState } from './state.ts';
import { tell } from './state.ts';
import { sandboxReady } from './status-manager.ts';

/** The runtime has done what it was asked to, or could not. */
export function runtimeAnswered(state: KubeletState, answer: AnswerMessage, context: Context): void {
  const { id, method, ok, result } = answer;
  const called = state.calls.get(id);
  state.calls.delete(id);
  if (called === undefined) return;
  if (method === 'ListPodSandbox') {
    const found = result as {
      readonly isNetworkReady: boolean;
      readonly sandboxes: readonly Sandbox[];
      readonly containers: readonly RuntimeContainer[];
    };
    listed(state, found, context);
    return networkState(state, found.isNetworkReady, context);
  }
  if (method === 'ListContainerStats') {
    if (called.exec !== undefined) return statsListed(state, called.exec, answer, context);
    return pressureMeasured(state, result['stats'] as readonly ContainerStats[], context);
  }
  if (method === 'UpdateRuntimeConfig') return networkState(state, ok, context);
  if (method === 'PullImage') return imagePulled(state, called, ok, result, context);
  const record = state.records.get(called.uid);
  if (record !== undefined) podAnswered(state, record, called, answer, context);
}

function podAnswered(
  state: KubeletState,
  record: PodRecord,
  called: Called,
  { method, ok, result }: AnswerMessage,
  context: Context,
): void {
  const name = called.container ?? '';
  switch (method) {
    case 'RunPodSandbox':
      return sandboxMade(state, record, ok, result, context);
    case 'StopPodSandbox':
      if (result['sandbox'] !== undefined) record.runtime = withSandbox(record.runtime, result['sandbox'] as Sandbox);
      state.changed.add(record.uid);
      return stepDone(state, record, context);
    case 'StopContainer':
      return containerStopped(state, record, called.killing ?? '', context);
    case 'ImageStatus':
      return imageLooked(state, record, name, result['isPresent'] === true, context);
    case 'CreateContainer':
      return created(state, record, name, ok, result, context);
    case 'StartContainer':
      return started(state, record, name, ok, result, context);
    case 'UpdateContainerResources':
      return updated(state, record, ok, result, context);
    case 'UpdatePodSandboxResources':
      return stepDone(state, record, context);
    case 'Attach':
      return attachAnswered(state, record, called, ok, result, context);
    case 'PortForward':
      if (called.exec !== undefined) forwardOpened(state, record, called.exec, context);
      return;
    case 'ExecSync':
      if (called.exec !== undefined) return execAnswered(called.exec, ok, result, context);
      return hookAnswered(state, record, called, ok, result, context);
  }
}

function sandboxMade(
  state: KubeletState,
  record: PodRecord,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  if (!ok) {
    const message = `Failed to create pod sandbox: ${String(result['error'])}`;
    tell(state, record, 'Warning', 'FailedCreatePodSandBox', message, context);
    return stepFailed(state, record, { isSteady: true }, context);
  }
  record.runtime = withSandbox(record.runtime, result['sandbox'] as Sandbox);
  state.changed.add(record.uid);
  sandboxReady(state, record, context);
  stepDone(state, record, context);
}

function hookAnswered(
  state: KubeletState,
  record: PodRecord,
  { container = '', killing }: Called,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const hook = killing === undefined ? 'postStart' : 'preStop';
  const handler = objectAt(specOf(record.pod, container)?.spec, 'lifecycle', hook);
  const outcome = execOutcome(record, container, handler, ok, result);
  if (killing === undefined) postStartDone(state, record, container, outcome, context);
  else preStopDone(state, record, killing, outcome, context);
}

function execAnswered(
  exec: NonNullable<Called['exec']>,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const said = ok
    ? { code: 200, text: result['output'], exitCode: result['exitCode'] }
    : { code: 500, message: result['error'] };
  answerCall(exec.to, exec, ok, said, context);
}

function attachAnswered(
  state: KubeletState,
  record: PodRecord,
  { exec, container = '' }: Called,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  if (exec === undefined) return;
  if (ok) attached(state, record, container, exec, context);
  else answerCall(exec.to, exec, false, { code: 500, message: result['error'] }, context);
}

/** A hook that sleeps has slept enough. */
export function hookSlept(state: KubeletState, record: PodRecord, { id, hook }: HookTimer, context: Context): void {
  const container = record.runtime.containers.find((candidate) => candidate.id === id);
  if (hook === 'preStop') preStopDone(state, record, id, 'done', context);
  else if (container !== undefined) postStartDone(state, record, container.name, 'done', context);
}
