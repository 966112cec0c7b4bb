import type { ComponentId, Context } from '../component.ts';
import type { AnswerMessage, CallMessage } from '../messages.ts';
import type { PacketAnswer, PacketParameters } from '../network/packets.ts';
import { PACKET } from '../network/packets.ts';
import { answerCall } from './answer-call.ts';
import type { PodRecord } from './pod-record.ts';
import { isHostNetwork } from './pod-runtime.ts';
import type { KubeletState } from './state.ts';
import { callRuntime } from './state.ts';

/** A stream over which somebody reaches the ports of a Pod, and who waits for its opening. Never changes. */
export interface Forward {
  readonly uid: string;
  readonly sandbox: string;
}

/** A request that came over such a stream and is at the Pod. */
export interface ForwardedRequest {
  readonly to: ComponentId;
  readonly id: number;
  readonly method: string;
  readonly port: number;
  readonly sandbox: string;
}

/**
 * Opens a stream to the ports of a Pod, once the runtime has said where.
 * Source: pkg/kubelet/server/server.go `getPortForward`, pkg/kubelet/kubelet_pods.go `GetPortForward`, 1.36.
 */
export function openForward(
  state: KubeletState,
  record: PodRecord,
  to: ComponentId,
  { id, method, parameters }: CallMessage,
  context: Context,
): void {
  const sandbox = record.runtime.sandboxes.find(({ isReady }) => isReady);
  if (sandbox === undefined) {
    const message = `pod not found ("${String(parameters['pod'])}_${String(parameters['namespace'])}")`;
    return answerCall(to, { id, method }, false, { code: 500, message }, context);
  }
  const exec = { to, id, method };
  const ports = parameters['ports'];
  callRuntime(state, { uid: record.uid, exec }, 'PortForward', { sandbox: sandbox.id, ports }, context);
}

/** The runtime has said where the ports are reached. */
export function forwardOpened(
  state: KubeletState,
  { uid, runtime }: PodRecord,
  { to, id, method }: Pick<ForwardedRequest, 'to' | 'id' | 'method'>,
  context: Context,
): void {
  const sandbox = runtime.sandboxes.find(({ isReady }) => isReady)?.id ?? '';
  state.forwards.set(`${to}/${id}`, Object.freeze({ uid, sandbox }));
  answerCall(to, { id, method }, true, { code: 200, text: '', isOpen: true }, context);
}

/** A request comes over an open stream: it goes to the Pod's own loopback, past all NetworkPolicies. */
export function forwardOver(
  state: KubeletState,
  to: ComponentId,
  { id, method, parameters }: CallMessage,
  context: Context,
): void {
  const open = state.forwards.get(`${to}/${String(parameters['stream'])}`);
  if (open === undefined) return;
  const record = state.records.get(open.uid);
  const sandbox = record?.runtime.sandboxes.find((one) => one.id === open.sandbox);
  const port = Number(parameters['port']);
  const asked: ForwardedRequest = { to, id, method, port, sandbox: open.sandbox };
  if (record === undefined || sandbox?.isReady !== true)
    return refused(asked, `network namespace for sandbox "${open.sandbox}" is closed`, context);
  const isHost = isHostNetwork(record.pod);
  const { hostIps, node, runtime } = state.settings;
  const toIp = isHost ? (hostIps[0] ?? '') : sandbox.ip;
  const question = String(parameters['path']);
  const packet: PacketParameters = {
    fromIp: toIp,
    toIp,
    port,
    protocol: 'tcp',
    asked: `localhost:${port}`,
    question,
    ...(parameters['host'] === undefined ? {} : { host: String(parameters['host']) }),
  };
  const call = context.next('call');
  state.forwarded.set(call, Object.freeze(asked));
  const machine = String((node['metadata'] as { readonly name?: string }).name);
  context.send(
    isHost ? `linux/${machine}` : runtime,
    { type: 'call', id: call, method: PACKET, parameters: Object.freeze({ ...packet }) },
    { class: 'packet', verb: question, object: `Pod/${record.key}`, detail: { asked: packet.asked } },
  );
}

/** The Pod has answered what came over a stream; false where nobody waits for that. */
export function forwardAnswered(state: KubeletState, { id, method, result }: AnswerMessage, context: Context): boolean {
  const asked = method === PACKET ? state.forwarded.get(id) : undefined;
  if (asked === undefined) return false;
  state.forwarded.delete(id);
  const answer = result as unknown as PacketAnswer;
  if (answer.type !== 'answered') {
    // Source: containerd v2 internal/cri/server/sandbox_portforward_linux.go.
    const { port, sandbox } = asked;
    const dial = (family: number, host: string): string =>
      `dial tcp${family} ${host}:${port}: connect: connection refused`;
    refused(
      asked,
      `failed to execute portforward in network namespace "/var/run/netns/cni-${sandbox}": failed to connect to localhost:${port} inside namespace "${sandbox}", IPv4: ${dial(4, '127.0.0.1')} IPv6 ${dial(6, '[::1]')} `,
      context,
    );
    return true;
  }
  const { code, by, text = '' } = answer;
  answerCall(asked.to, asked, true, { code, by, text }, context);
  return true;
}

/** Source: staging/src/k8s.io/cri-streaming/pkg/streaming/portforward/httpstream.go `portForward`, 1.36. */
function refused(asked: ForwardedRequest, why: string, context: Context): void {
  const message = `error forwarding port ${asked.port} to pod ${asked.sandbox}, uid : ${why}`;
  answerCall(asked.to, asked, false, { code: 0, message }, context);
}

/** The client has closed its stream. */
export function closeForward(state: KubeletState, from: ComponentId, id: number): void {
  state.forwards.delete(`${from}/${id}`);
}
