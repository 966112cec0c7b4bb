import { objectAt } from '../../base/json.ts';
import { allocatedPod } from './allocated-pod.ts';
import { containerResources } from './container-resources.ts';
import type { Context } from '../component.ts';
import { configProblem } from './environment.ts';
import { considerPressure } from './eviction/look.ts';
import type { HookOutcome } from './hooks.ts';
import { runHook } from './hooks.ts';
import { killOne } from './kill-container.ts';
import type { PodRecord } from './pod-record.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import { newestOf, specOf, withContainer } from './pod-runtime.ts';
import type { Starting } from './starting.ts';
import { startFailed } from './starting.ts';
import type { KubeletState } from './state.ts';
import { callRuntime, tell } from './state.ts';
import { stepDone, stepFailed } from './worker-queue.ts';

/** The image is there. */
export function createContainer(state: KubeletState, record: PodRecord, starting: Starting, context: Context): void {
  const { name, spec, image, behaviour } = starting;
  const problem = configProblem(state, record, spec, behaviour);
  const sandbox = record.runtime.sandboxes.find(({ isReady }) => isReady);
  if (problem !== undefined) {
    tell(state, record, 'Warning', 'Failed', `Error: ${problem}`, context, name);
    const why = { reason: 'CreateContainerConfigError', message: problem };
    return startFailed(state, record, name, why, { isSteady: true }, context);
  }
  const before = newestOf(record.runtime, name);
  const attempt = before === undefined ? (record.attempts.get(name) ?? 0) : before.attempt + 1;
  record.attempts.set(name, attempt + 1);
  const resources = containerResources(allocatedPod(record), spec);
  const parameters = { name, image, attempt, behaviour, resources, sandbox: sandbox?.id ?? '' };
  callRuntime(state, { uid: record.uid, container: name }, 'CreateContainer', parameters, context);
}

export function created(
  state: KubeletState,
  record: PodRecord,
  name: string,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  if (!ok) {
    const message = String(result['error']);
    tell(state, record, 'Warning', 'Failed', `Error: ${message}`, context, name);
    const why = { reason: 'CreateContainerError', message };
    return startFailed(state, record, name, why, { isSteady: true }, context);
  }
  const container = result['container'] as RuntimeContainer;
  record.runtime = withContainer(record.runtime, container);
  tell(state, record, 'Normal', 'Created', 'Container created', context, name);
  callRuntime(state, { uid: record.uid, container: name }, 'StartContainer', { container: container.id }, context);
}

export function started(
  state: KubeletState,
  record: PodRecord,
  name: string,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const container = result['container'] as RuntimeContainer | undefined;
  if (container !== undefined) record.runtime = withContainer(record.runtime, container);
  state.changed.add(record.uid);
  if (!ok || container === undefined) {
    const message = String(result['error']);
    tell(state, record, 'Warning', 'Failed', `Error: ${message}`, context, name);
    const why = { reason: 'RunContainerError', message };
    return startFailed(state, record, name, why, { isSteady: false }, context);
  }
  tell(state, record, 'Normal', 'Started', 'Container started', context, name);
  considerPressure(state, context);
  const hook = objectAt(specOf(record.pod, name)?.spec, 'lifecycle', 'postStart');
  const outcome = hook === undefined ? 'done' : runHook(state, record, container, hook, 'postStart', context);
  if (outcome !== 'later') postStartDone(state, record, name, outcome, context);
}

/** The hook after the start has ended; where it has failed the container is ended too. */
export function postStartDone(
  state: KubeletState,
  record: PodRecord,
  name: string,
  outcome: HookOutcome,
  context: Context,
): void {
  const [step] = record.steps;
  if (step?.type !== 'start' || step.name !== name) return;
  if (outcome === 'done') {
    record.reasons.delete(name);
    return stepDone(state, record, context);
  }
  tell(state, record, 'Warning', 'FailedPostStartHook', 'PostStartHook failed', context, name);
  record.reasons.set(name, Object.freeze({ reason: 'PostStartHookError', message: outcome.failed }));
  const container = newestOf(record.runtime, name);
  const kill = { id: container?.id ?? '', message: 'FailedPostStartHook', reason: 'FailedPostStartHook' } as const;
  if (container === undefined || killOne(state, record, kill, context))
    stepFailed(state, record, { isSteady: false }, context);
}
