import type { Behaviour } from '../behaviour/behaviour.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { CallMessage } from '../messages.ts';

export interface RuntimeSettings {
  readonly cni: ComponentId;
  readonly kubelet: ComponentId;
}

/** A Pod's network and namespaces, held by a pause container. */
export interface Sandbox {
  readonly id: string;
  readonly podUid: string;
  readonly ip: string;
}

/** A container as the runtime knows it; immutable. */
export interface RuntimeContainer {
  readonly id: string;
  readonly podUid: string;
  readonly sandbox: string;
  readonly name: string;
  readonly image: string;
  /** How many containers of this name the Pod had before. */
  readonly attempt: number;
  readonly state: 'created' | 'running' | 'exited';
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  readonly exitCode: number;
  readonly behaviour: Behaviour;
}

interface RuntimeState {
  readonly settings: RuntimeSettings;
  readonly sandboxes: Map<string, Sandbox>;
  readonly containers: Map<string, RuntimeContainer>;
  /** Bytes by image that is on the Node. */
  readonly images: Map<string, number>;
  readonly failedPulls: Map<string, number>;
  /** Calls that wait for the network plugin, by the id of the call to it. */
  readonly network: Map<number, Pending>;
}

interface Pending {
  readonly id: number;
  readonly method: string;
  readonly sandbox: string;
  readonly podUid: string;
  readonly cause: number;
}

/** Times of the runtime, in milliseconds, and the speed of the registry. Assumed for the simulation. */
const SANDBOX_MS = 150;
const CREATE_MS = 40;
const START_MS = 60;
const STOP_MS = 100;
const PULL_MS = 300;
const BYTES_PER_MS = 100_000;
const IMAGE_BYTES = 60_000_000;

const SIGTERM = 143;
const SIGKILL = 137;

/** containerd: sandboxes, images and containers of one Node. They go on while the kubelet is away. */
export const runtime: ComponentDefinition<RuntimeState> = {
  kind: 'containerd',
  start: (_context, settings) => ({
    settings: Object.freeze(settings as RuntimeSettings),
    sandboxes: new Map(),
    containers: new Map(),
    images: new Map(),
    failedPulls: new Map(),
    network: new Map(),
  }),
  handle(state, event, context) {
    if (event.type === 'timer') {
      if (event.name === 'exit') return ended(state, event.data as Exit, context);
      if (event.name === 'network') return callNetwork(state, event.data as Pending, 'ADD', context);
      return complete(state, event.data as CallMessage, context);
    }
    const { message } = event;
    if (message.type === 'answer') return networkAnswered(state, message.id, message.ok, message.result, context);
    if (message.type !== 'call') return;
    received(state, message, context);
  },
};

function received(state: RuntimeState, call: CallMessage, context: Context): void {
  const { id, method, parameters } = call;
  const podUid = String(parameters['podUid'] ?? '');
  if (method === 'RunPodSandbox') {
    const sandbox = `sandbox-${context.next('sandbox')}`;
    return context.timer(SANDBOX_MS, 'network', { id, method, sandbox, podUid, cause: context.cause });
  }
  if (method === 'StopPodSandbox') {
    const sandbox = String(parameters['sandbox']);
    return callNetwork(state, { id, method, sandbox, podUid, cause: context.cause }, 'DEL', context);
  }
  if (method === 'StopContainer') return stopContainer(state, call, context);
  if (method === 'ListPodSandbox') return complete(state, call, context);
  context.timer(durationMs(state, call), 'complete', call);
}

function durationMs(state: RuntimeState, { method, parameters }: CallMessage): number {
  if (method === 'CreateContainer') return CREATE_MS;
  if (method === 'StartContainer') return START_MS;
  if (method !== 'PullImage' || state.images.has(String(parameters['image']))) return 0;
  const { image } = parameters['behaviour'] as Behaviour;
  return PULL_MS + Math.round((image?.sizeBytes ?? IMAGE_BYTES) / BYTES_PER_MS);
}

function complete(state: RuntimeState, call: CallMessage, context: Context): void {
  const { method, parameters } = call;
  if (method === 'ListPodSandbox') {
    const result = { sandboxes: [...state.sandboxes.values()], containers: [...state.containers.values()] };
    return answer(state, call, true, result, context);
  }
  const image = String(parameters['image'] ?? '');
  if (method === 'ImageStatus') return answer(state, call, true, { isPresent: state.images.has(image) }, context);
  if (method === 'PullImage') return pulled(state, call, image, context);
  if (method === 'CreateContainer') {
    const id = `containerd-${context.next('container')}`;
    const container: RuntimeContainer = Object.freeze({
      id,
      podUid: String(parameters['podUid']),
      sandbox: String(parameters['sandbox']),
      name: String(parameters['name']),
      image,
      attempt: Number(parameters['attempt']),
      state: 'created',
      startedAtMs: 0,
      finishedAtMs: 0,
      exitCode: 0,
      behaviour: parameters['behaviour'] as Behaviour,
    });
    state.containers.set(id, container);
    return answer(state, call, true, { container }, context);
  }
  const container = state.containers.get(String(parameters['container']));
  if (method === 'RemoveContainer') {
    if (container !== undefined) state.containers.delete(container.id);
    return answer(state, call, true, {}, context);
  }
  if (container === undefined) return answer(state, call, false, { error: 'not found' }, context);
  const running = Object.freeze({ ...container, state: 'running', startedAtMs: context.nowMs } as const);
  state.containers.set(container.id, running);
  answer(state, call, true, { container: running }, context);
  const end = endOf(running);
  if (end !== undefined) context.timer(end.afterMs, 'exit', { id: container.id, exitCode: end.exitCode });
}

/** When and how a process ends by itself. */
function endOf({ behaviour, attempt }: RuntimeContainer): { afterMs: number; exitCode: number } | undefined {
  const { crashAfterMs, crashes = Infinity, exitAfterMs, exitCode } = behaviour;
  if (crashAfterMs !== undefined && attempt < crashes) return { afterMs: crashAfterMs, exitCode: exitCode ?? 1 };
  if (exitAfterMs === undefined) return undefined;
  return { afterMs: exitAfterMs, exitCode: crashAfterMs === undefined ? (exitCode ?? 0) : 0 };
}

function pulled(state: RuntimeState, call: CallMessage, image: string, context: Context): void {
  const { image: told = {} } = call.parameters['behaviour'] as Behaviour;
  const failed = state.failedPulls.get(image) ?? 0;
  if (told.pullFailure !== undefined && failed < (told.pullFailures ?? Infinity)) {
    state.failedPulls.set(image, failed + 1);
    return answer(state, call, false, { error: told.pullFailure }, context);
  }
  const sizeBytes = told.sizeBytes ?? IMAGE_BYTES;
  state.images.set(image, sizeBytes);
  answer(state, call, true, { sizeBytes }, context);
}

/** SIGTERM, and SIGKILL where the process has not ended when its time is over. */
function stopContainer(state: RuntimeState, call: CallMessage, context: Context): void {
  const container = state.containers.get(String(call.parameters['container']));
  if (container?.state !== 'running') return answer(state, call, true, {}, context);
  const timeoutMs = Number(call.parameters['timeoutMs']);
  const stopMs = container.behaviour.stopMs ?? STOP_MS;
  const isKilled = stopMs > timeoutMs;
  context.timer(Math.min(stopMs, timeoutMs), 'exit', {
    id: container.id,
    exitCode: isKilled ? SIGKILL : SIGTERM,
    call,
  });
}

interface Exit {
  readonly id: string;
  readonly exitCode: number;
  /** The call that made it end. */
  readonly call?: CallMessage;
}

function ended(state: RuntimeState, { id, exitCode, call }: Exit, context: Context): void {
  const container = state.containers.get(id);
  if (container?.state === 'running') {
    const gone = Object.freeze({ ...container, state: 'exited', exitCode, finishedAtMs: context.nowMs } as const);
    state.containers.set(id, gone);
    const message = {
      type: 'call',
      id: 0,
      method: 'ContainerExited',
      parameters: Object.freeze({ container: gone }),
    } as const;
    context.send(state.settings.kubelet, message, {
      class: 'cri',
      verb: 'ContainerExited',
      object: id,
      detail: { name: container.name, exitCode },
    });
  }
  if (call !== undefined) answer(state, call, true, {}, context);
}

function callNetwork(state: RuntimeState, pending: Pending, method: 'ADD' | 'DEL', context: Context): void {
  const id = context.next('network');
  state.network.set(id, pending);
  const parameters = { sandbox: pending.sandbox };
  context.send(
    state.settings.cni,
    { type: 'call', id, method, parameters },
    { class: 'cni', verb: method, object: pending.sandbox },
  );
}

function networkAnswered(
  state: RuntimeState,
  id: number,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const pending = state.network.get(id);
  state.network.delete(id);
  if (pending === undefined) return;
  const { sandbox, podUid, method } = pending;
  if (method === 'StopPodSandbox') state.sandboxes.delete(sandbox);
  else if (ok) state.sandboxes.set(sandbox, Object.freeze({ id: sandbox, podUid, ip: String(result['ip']) }));
  const made = state.sandboxes.get(sandbox);
  answer(state, pending, ok, made === undefined ? result : { sandbox: made }, context);
}

function answer(
  { settings }: RuntimeState,
  { id, method }: { readonly id: number; readonly method: string },
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const message = { type: 'answer', id, method, ok, result: Object.freeze(result) } as const;
  context.send(settings.kubelet, message, { class: 'cri', verb: method, detail: { ok } });
}
