import type { ComponentDefinition, Context } from '../../component.ts';
import type { CallMessage } from '../../messages.ts';
import { CONFIGURE } from '../../network/machines.ts';
import { PACKET } from '../../network/packets.ts';
import type { RuntimeContainer, Sandbox } from '../pod-runtime.ts';
import { answer } from './answer.ts';
import { ORDERS } from './orders.ts';
import { listContainerStats } from './container-stats.ts';
import { attach, execSync } from './exec-sync.ts';
import { pullImage, pulled } from './images.ts';
import type { NetworkCall } from './network.ts';
import { callNetwork, networkAnswered, runSandbox } from './network.ts';
import type { Exit } from './processes.ts';
import { createContainer, ended, planEnd, startContainer, stopContainer, updateContainer } from './processes.ts';
import type { RuntimeDisk, RuntimeSettings, RuntimeState } from './runtime-state.ts';
import type { Serving } from './serve.ts';
import { SERVED, serve, servedLate } from './serve.ts';

/** containerd: sandboxes, images and containers of one Node. They go on while the kubelet is away. */
export const runtime: ComponentDefinition<RuntimeState> = {
  kind: 'containerd',
  start(_context, settings, disk) {
    const kept = disk as RuntimeDisk | undefined;
    return {
      settings: Object.freeze(settings as RuntimeSettings),
      sandboxes: new Map(kept?.sandboxes.map((sandbox) => [sandbox.id, sandbox])),
      containers: new Map(kept?.containers.map((container) => [container.id, container])),
      images: new Map(kept?.images),
      failedPulls: new Map(),
      network: new Map(),
      held: new Map(),
      plans: new Map(),
      registry: new Map(),
      stops: new Map(),
      loads: new Map(),
      isNetworkReady: kept?.isNetworkReady ?? false,
      hasNetworkConfig: true,
    };
  },
  /** The machine goes down: what is on its disk stays, and nothing runs any more. */
  keeps: ({ sandboxes, containers, images, isNetworkReady }): RuntimeDisk => ({
    isNetworkReady,
    sandboxes: [...sandboxes.values()].map((sandbox) => Object.freeze({ ...sandbox, isReady: false })),
    containers: [...containers.values()].map(lost),
    images: [...images],
  }),
  handle(state, event, context) {
    if (event.type === 'timer') return timer(state, event.name, event.data, context);
    const { message, from } = event;
    if (message.type === 'answer') networkAnswered(state, message, context);
    else if (message.type === 'call' && message.method === PACKET) serve(state, from, message, context);
    else if (message.type === 'call') received(state, message, context);
  },
};

/** As containerd finds a container after its processes are gone. */
function lost(container: RuntimeContainer): RuntimeContainer {
  if (container.state === 'exited') return container;
  return Object.freeze({ ...container, state: 'exited', exitCode: 255, reason: 'Unknown', isFrozen: false } as const);
}

function timer(state: RuntimeState, name: string, data: unknown, context: Context): void {
  if (name === 'exit') ended(state, data as Exit, context);
  else if (name === SERVED) servedLate(state, data as Serving, context);
  else if (name === 'network') callNetwork(state, data as NetworkCall, 'ADD', context);
  else if (name === 'answer') answer(state, data as CallMessage, context);
  else if (name === 'pulled') pulled(state, data as CallMessage, context);
  else if (name === 'CreateContainer') createContainer(state, data as CallMessage, context);
  else if (name === 'StartContainer') startContainer(state, data as CallMessage, context);
}

function received(state: RuntimeState, call: CallMessage, context: Context): void {
  const { method, parameters } = call;
  const { createMs, startMs } = context.numbers.kubelet.runtime;
  const order = ORDERS.get(method);
  if (order !== undefined) return order(state, parameters, context);
  switch (method) {
    case 'ListContainerStats':
      return answer(state, { ...call, result: { stats: listContainerStats(state, context.nowMs) } }, context);
    case 'ListPodSandbox':
      return answer(state, { ...call, result: everything(state) }, context);
    case 'UpdateRuntimeConfig':
      return configureNetwork(state, call, context);
    case 'ImageStatus':
      return answer(state, { ...call, result: { isPresent: state.images.has(String(parameters['image'])) } }, context);
    case 'RemoveImage':
      state.images.delete(String(parameters['image']));
      return answer(state, { ...call, result: {} }, context);
    case 'PullImage':
      return pullImage(state, call, context);
    case 'RunPodSandbox':
      return runSandbox(state, call, context);
    case 'StopPodSandbox':
      return stopSandbox(state, call, context);
    case 'CreateContainer':
      return context.timer(createMs, method, call);
    case 'StartContainer':
      return context.timer(startMs, method, call);
    case 'StopContainer':
      return stopContainer(state, call, context);
    case 'UpdateContainerResources':
      return updateContainer(state, call, context);
    // Plugins may refuse it; there are none here, and the kubelet writes the cgroup of the Pod itself.
    case 'UpdatePodSandboxResources':
      return answer(state, { ...call, result: {} }, context);
    case 'ExecSync':
      return execSync(state, call, context);
    case 'Attach':
      return attach(state, call, context);
    case 'PortForward':
      return answer(state, { ...call, result: {} }, context);
    case 'RemoveContainer':
      state.containers.delete(String(parameters['container']));
      state.plans.delete(String(parameters['container']));
      state.loads.delete(String(parameters['container']));
      return answer(state, { ...call, result: {} }, context);
    case 'RemovePodSandbox':
      state.sandboxes.delete(String(parameters['sandbox']));
      return answer(state, { ...call, result: {} }, context);
    default:
      return answer(state, { ...call, ok: false, result: { error: `unknown method ${method}` } }, context);
  }
}

/** The network plugin learns which addresses its Pods get. */
function configureNetwork(state: RuntimeState, call: CallMessage, context: Context): void {
  const { podCidr } = call.parameters;
  state.isNetworkReady = true;
  const message = { type: 'call', id: call.id, method: CONFIGURE, parameters: Object.freeze({ podCidr }) } as const;
  context.send(state.settings.cni, message, { class: 'cni', verb: CONFIGURE, detail: { podCidr } });
  answer(state, { ...call, result: {} }, context);
}

function everything({ sandboxes, containers, isNetworkReady, hasNetworkConfig }: RuntimeState): {
  readonly isNetworkReady: boolean;
  readonly sandboxes: readonly Sandbox[];
  readonly containers: readonly RuntimeContainer[];
} {
  return {
    isNetworkReady: isNetworkReady && hasNetworkConfig,
    sandboxes: [...sandboxes.values()],
    containers: [...containers.values()],
  };
}

/** What still runs in the sandbox ends with it; then its network goes. */
function stopSandbox(state: RuntimeState, call: CallMessage, context: Context): void {
  const sandbox = state.sandboxes.get(String(call.parameters['sandbox']));
  if (sandbox === undefined) return answer(state, { ...call, result: {} }, context);
  for (const container of state.containers.values())
    if (container.sandbox === sandbox.id && container.state === 'running')
      ended(
        state,
        { id: container.id, exitCode: SIGKILL, reason: 'Error', plan: planEnd(state, container.id) },
        context,
      );
  const { id, method } = call;
  const waiting = { id, method, sandbox: sandbox.id, podUid: sandbox.podUid, attempt: sandbox.attempt };
  if (sandbox.ip === '') {
    state.sandboxes.set(sandbox.id, Object.freeze({ ...sandbox, isReady: false }));
    return answer(state, { ...call, result: { sandbox: state.sandboxes.get(sandbox.id) } }, context);
  }
  callNetwork(state, waiting, 'DEL', context);
}

/** 128 and the number of the signal. */
const SIGKILL = 137;
