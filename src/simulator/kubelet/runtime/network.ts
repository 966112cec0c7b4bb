import type { Context } from '../../component.ts';
import type { AnswerMessage, CallMessage } from '../../messages.ts';
import type { Sandbox } from '../pod-runtime.ts';
import { answer } from './answer.ts';
import type { RuntimeState } from './runtime-state.ts';

/** A call of the kubelet that waits for the network plugin. */
export interface NetworkCall {
  readonly id: number;
  readonly method: string;
  readonly sandbox: string;
  readonly podUid: string;
  readonly attempt: number;
}

/** Starts the pause container; then the network plugin gives it an address, unless it has the Node's network. */
export function runSandbox(state: RuntimeState, { id, method, parameters }: CallMessage, context: Context): void {
  const sandbox = `sandbox-${context.next('sandbox')}`;
  const [podUid, attempt] = [String(parameters['podUid']), Number(parameters['attempt'] ?? 0)];
  const call: NetworkCall = { id, method, sandbox, podUid, attempt };
  const { sandboxMs } = context.numbers.kubelet.runtime;
  if (parameters['hostNetwork'] !== true) return context.timer(sandboxMs, 'network', call);
  const made = keep(state, call, { ip: '' });
  context.timer(sandboxMs, 'answer', { id, method, result: { sandbox: made } });
}

function keep(
  state: RuntimeState,
  { sandbox, podUid, attempt }: NetworkCall,
  { ip, additionalIps }: Pick<Sandbox, 'ip' | 'additionalIps'>,
): Sandbox {
  const others = additionalIps === undefined ? {} : { additionalIps };
  const made: Sandbox = Object.freeze({ id: sandbox, podUid, ip, ...others, attempt, isReady: true });
  state.sandboxes.set(sandbox, made);
  return made;
}

export function callNetwork(state: RuntimeState, call: NetworkCall, method: 'ADD' | 'DEL', context: Context): void {
  if (method === 'ADD' && !state.hasNetworkConfig) return failed(state, call, NOT_INITIALIZED, context);
  const id = context.next('network');
  state.network.set(id, call);
  const parameters = { sandbox: call.sandbox };
  const message = { type: 'call', id, method, parameters } as const;
  context.send(state.settings.cni, message, { class: 'cni', verb: method, object: call.sandbox });
}

/** A sandbox without network is no sandbox: the kubelet is told why, and nothing stays. */
export function networkAnswered(state: RuntimeState, { id, ok, result }: AnswerMessage, context: Context): void {
  const call = state.network.get(id);
  state.network.delete(id);
  if (call === undefined) return;
  const known = state.sandboxes.get(call.sandbox);
  if (call.method === 'StopPodSandbox' && known !== undefined) {
    const { additionalIps: _gone, ...rest } = known;
    state.sandboxes.set(call.sandbox, Object.freeze({ ...rest, isReady: false, ip: '' }));
    return answer(state, { ...call, result: { sandbox: state.sandboxes.get(call.sandbox) } }, context);
  }
  if (!ok) {
    return failed(state, call, String(result['error']), context);
  }
  const additionalIps = result['additionalIps'] as readonly string[] | undefined;
  const addresses = { ip: String(result['ip']), ...(additionalIps === undefined ? {} : { additionalIps }) };
  answer(state, { ...call, result: { sandbox: keep(state, call, addresses) } }, context);
}

/** What containerd says while no configuration of a network plugin lies in its folder. */
const NOT_INITIALIZED = 'cni plugin not initialized';

function failed(state: RuntimeState, call: NetworkCall, error: string, context: Context): void {
  const why = `failed to setup network for sandbox "${call.sandbox}": ${error}`;
  answer(state, { ...call, ok: false, result: { error: `rpc error: code = Unknown desc = ${why}` } }, context);
}
