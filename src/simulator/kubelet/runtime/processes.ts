import { quantityOf, valueOf } from '../../../apimachinery/quantity.ts';
import type { JsonObject } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import type { Behaviour } from '../../behaviour/behaviour.ts';
import { exceedsAtMs } from '../../behaviour/usage.ts';
import { throttled } from './throttle.ts';
import type { Context } from '../../component.ts';
import type { CallMessage } from '../../messages.ts';
import type { RuntimeContainer } from '../pod-runtime.ts';
import { answer } from './answer.ts';
import type { RuntimeState } from './runtime-state.ts';

const SIGTERM = 143;
const SIGKILL = 137;
/** As containerd tells of a process that could not be started. */
const CANNOT_START = 128;

/** How a container ends. */
export interface Exit {
  readonly id: string;
  readonly exitCode: number;
  readonly reason: string;
  readonly message?: string;
  readonly plan: number;
}

export function createContainer(state: RuntimeState, call: CallMessage, context: Context): void {
  const { parameters } = call;
  const behaviour = parameters['behaviour'] as Behaviour;
  const resources = parameters['resources'] as JsonObject;
  if (behaviour.createFailure !== undefined)
    return answer(state, { ...call, ok: false, result: { error: behaviour.createFailure } }, context);
  const container: RuntimeContainer = Object.freeze({
    id: `containerd-${context.next('container')}`,
    podUid: String(parameters['podUid']),
    sandbox: String(parameters['sandbox']),
    name: String(parameters['name']),
    image: String(parameters['image']),
    attempt: Number(parameters['attempt']),
    state: 'created',
    startedAtMs: 0,
    finishedAtMs: 0,
    exitCode: 0,
    reason: '',
    behaviour: throttled(behaviour, resources),
    resources,
  });
  state.containers.set(container.id, container);
  answer(state, { ...call, result: { container } }, context);
}

export function startContainer(state: RuntimeState, call: CallMessage, context: Context): void {
  const container = state.containers.get(String(call.parameters['container']));
  if (container === undefined) return answer(state, { ...call, ok: false, result: { error: 'not found' } }, context);
  const { startFailure } = container.behaviour;
  const [startedAtMs, id] = [context.nowMs, container.id];
  if (startFailure !== undefined) {
    const why = { exitCode: CANNOT_START, reason: 'StartError', message: startFailure };
    const failed = Object.freeze({ ...container, ...why, state: 'exited', finishedAtMs: context.nowMs } as const);
    state.containers.set(id, failed);
    return answer(state, { ...call, ok: false, result: { error: startFailure, container: failed } }, context);
  }
  const running = Object.freeze({ ...container, state: 'running', startedAtMs } as const);
  state.containers.set(id, running);
  answer(state, { ...call, result: { container: running } }, context);
  plan(state, running, context);
}

/** A number for the end of a container that comes before all that was planned. */
export function planEnd(state: RuntimeState, id: string): number {
  const number = (state.plans.get(id) ?? 0) + 1;
  state.plans.set(id, number);
  return number;
}

/** Sets the timer for the end that the container will come to by itself, from now on. */
function plan(state: RuntimeState, container: RuntimeContainer, context: Context): void {
  const number = planEnd(state, container.id);
  const end = endOf(container);
  if (end === undefined) return;
  const waitMs = Math.max(0, container.startedAtMs + end.afterMs - context.nowMs);
  const exit: Exit = { id: container.id, exitCode: end.exitCode, reason: end.reason, plan: number };
  context.timer(waitMs, 'exit', exit);
}

/** When and how a process ends by itself: killed for its memory, by a crash, or when its work is done. */
function endOf({ behaviour, attempt, resources }: RuntimeContainer) {
  const { crashAfterMs, crashes = Infinity, exitAfterMs, exitCode, memoryBytes } = behaviour;
  const limit = quantityOf(valueAt(resources, 'limits', 'memory'));
  const killedMs =
    limit === undefined || memoryBytes === undefined ? undefined : exceedsAtMs(memoryBytes, Number(valueOf(limit)));
  const isCrash = crashAfterMs !== undefined && attempt < crashes;
  const afterMs = isCrash ? crashAfterMs : exitAfterMs;
  if (killedMs !== undefined && killedMs <= (afterMs ?? Infinity))
    return { afterMs: killedMs, exitCode: SIGKILL, reason: 'OOMKilled' };
  if (afterMs === undefined) return undefined;
  const code = isCrash ? (exitCode ?? 1) : crashAfterMs === undefined ? (exitCode ?? 0) : 0;
  return { afterMs, exitCode: code, reason: code === 0 ? 'Completed' : 'Error' };
}

/** SIGTERM, and SIGKILL where the process has not ended when its time is over. A frozen process hears no SIGTERM. */
export function stopContainer(state: RuntimeState, call: CallMessage, context: Context): void {
  const { id, method, parameters } = call;
  const container = state.containers.get(String(parameters['container']));
  if (container?.state !== 'running') return answer(state, { ...call, result: {} }, context);
  const timeoutMs = Number(parameters['timeoutMs']);
  const { stopMs = context.numbers.kubelet.runtime.stopMs, stopExitCode = SIGTERM } = container.behaviour;
  const isKilled = container.isFrozen === true || stopMs > timeoutMs;
  const exitCode = isKilled ? SIGKILL : stopExitCode;
  state.stops.set(container.id, { id, method });
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  const exit: Exit = { id: container.id, exitCode, reason, plan: planEnd(state, container.id) };
  context.timer(isKilled ? timeoutMs : stopMs, 'exit', exit);
}

/** Changes what a running container may use; less memory than it takes kills it. */
export function updateContainer(state: RuntimeState, call: CallMessage, context: Context): void {
  const container = state.containers.get(String(call.parameters['container']));
  if (container?.state !== 'running') {
    const error = `failed to update container: container not running`;
    return answer(state, { ...call, ok: false, result: { error } }, context);
  }
  const updated = Object.freeze({ ...container, resources: call.parameters['resources'] as JsonObject });
  state.containers.set(container.id, updated);
  answer(state, { ...call, result: { container: updated } }, context);
  if (!state.stops.has(container.id)) plan(state, updated, context);
}

export function ended(state: RuntimeState, exit: Exit, context: Context): void {
  const { id, exitCode, reason, message } = exit;
  const container = state.containers.get(id);
  if (container?.state !== 'running' || state.plans.get(id) !== exit.plan) return;
  if (container.isFrozen === true && exitCode !== SIGKILL) {
    state.held.set(id, exit);
    return;
  }
  const told = message === undefined ? {} : { message };
  const finished = { exitCode, reason, ...told, finishedAtMs: context.nowMs, isFrozen: false };
  const gone: RuntimeContainer = Object.freeze({ ...container, ...finished, state: 'exited' });
  state.containers.set(id, gone);
  tellChange(state, gone, 'ContainerExited', context);
  const call = state.stops.get(id);
  if (call === undefined) return;
  state.stops.delete(id);
  answer(state, { ...call, result: {} }, context);
}

/** The kubelet finds out when it next looks. */
export function tellChange(state: RuntimeState, container: RuntimeContainer, method: string, context: Context): void {
  const parameters = Object.freeze({ container });
  const { name, exitCode } = container;
  context.send(
    state.settings.kubelet,
    { type: 'call', id: 0, method, parameters },
    { class: 'cri', verb: method, object: container.id, detail: { name, exitCode } },
  );
}

/** Stops the processes of a container where they stand, or lets them go on. */
export function freeze(state: RuntimeState, container: RuntimeContainer, isFrozen: boolean, context: Context): void {
  if (container.state !== 'running' || (container.isFrozen === true) === isFrozen) return;
  const changed = Object.freeze({ ...container, isFrozen });
  state.containers.set(container.id, changed);
  tellChange(state, changed, isFrozen ? 'ContainerFrozen' : 'ContainerThawed', context);
  const exit = state.held.get(container.id);
  if (isFrozen || exit === undefined) return;
  state.held.delete(container.id);
  ended(state, exit, context);
}
