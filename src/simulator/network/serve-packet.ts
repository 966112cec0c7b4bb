import type { Behaviour } from '../behaviour/behaviour.ts';
import type { ComponentId, Context } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import type { PacketAnswer, PacketParameters } from './packets.ts';

/** What of a running container decides how it answers. */
export interface ServingContainer {
  readonly id: string;
  readonly name: string;
  readonly sandbox: string;
  readonly state: string;
  readonly startedAtMs: number;
  readonly behaviour: Behaviour;
}

interface ServingSandbox {
  readonly id: string;
  readonly ip: string;
  /** Its address of the other family, where it has one. */
  readonly additionalIps?: readonly string[];
  readonly isReady: boolean;
}

/** Sandboxes and containers of a Node, as its runtime has them. */
export interface ServingNode {
  readonly sandboxes: ReadonlyMap<string, ServingSandbox>;
  readonly containers: ReadonlyMap<string, ServingContainer>;
}

/**
 * What a Pod answers on a port: a container listens on the ports that it declares; where none of the Pod declares any,
 * the first listens on all. Until `startMs` nobody listens, until `readyAfterMs` the answer is 503.
 */
export function servePacket(node: ServingNode, packet: AskedPacket, nowMs: number): PacketAnswer {
  return served(node, packet, nowMs).result;
}

type AskedPacket = Pick<PacketParameters, 'toIp' | 'port' | 'question'>;

/** The primary address of the Pod that has an address; that itself where none has it. */
export function primaryPodIp({ sandboxes }: ServingNode, ip: string): string {
  const own = [...sandboxes.values()].find((one) => one.isReady && one.additionalIps?.includes(ip) === true);
  return own?.ip ?? ip;
}

/** What a Pod answers, the id of the container whose process does so, and how long that takes. */
export function served(
  { sandboxes, containers }: ServingNode,
  { toIp, port, question }: AskedPacket,
  nowMs: number,
): { readonly result: PacketAnswer; readonly container?: string; readonly takesMs?: number } {
  // A sandbox that has ended is kept for a while, and another may have got its address.
  const sandbox = [...sandboxes.values()].find(
    ({ ip, additionalIps, isReady }) => isReady && (ip === toIp || additionalIps?.includes(toIp) === true),
  );
  if (sandbox === undefined) return { result: { type: 'timeout' } };
  const running = [...containers.values()].filter((one) => one.sandbox === sandbox.id && one.state === 'running');
  const declares = running.some(({ behaviour }) => behaviour.listens !== undefined);
  const listening = running.find(({ behaviour }) => (declares ? behaviour.listens?.includes(port) === true : true));
  if (listening === undefined) return { result: { type: 'refused', by: toIp } };
  const { behaviour, startedAtMs, name } = listening;
  const { startMs = 0, http = [] } = behaviour;
  const sinceMs = nowMs - startedAtMs;
  if (sinceMs < startMs) return { result: { type: 'refused', by: name } };
  const path = question.split('?')[0];
  const told = http.find(
    (answer) => answer.path === path && sinceMs >= (answer.fromMs ?? 0) && sinceMs < (answer.untilMs ?? Infinity),
  );
  const isReady = sinceMs >= (behaviour.readyAfterMs ?? startMs);
  const code = told?.code ?? (isReady ? 200 : 503);
  const result = {
    type: 'answered',
    by: name,
    code,
    ...(told?.body === undefined ? {} : { text: told.body }),
  } as const;
  return { result, container: listening.id, ...(told?.takesMs === undefined ? {} : { takesMs: told.takesMs }) };
}

/** Sends an answer on its way; what nobody answers is lost. */
export function sendAnswer(
  to: ComponentId,
  { id, method }: Pick<CallMessage, 'id' | 'method'>,
  result: PacketAnswer,
  context: Context,
): void {
  if (result.type === 'timeout') return;
  const ok = result.type === 'answered';
  const { body, ...detail } = { body: undefined, ...result };
  context.send(
    to,
    { type: 'answer', id, method, ok, result: Object.freeze({ ...result }) },
    { class: 'packet', verb: result.type, detail, body },
  );
}
