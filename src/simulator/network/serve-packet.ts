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

/** Sandboxes and containers of a Node, as its runtime has them. */
export interface ServingNode {
  readonly sandboxes: ReadonlyMap<string, { readonly id: string; readonly ip: string }>;
  readonly containers: ReadonlyMap<string, ServingContainer>;
}

/**
 * What a Pod answers on a port: a container listens on the ports that it declares; where none of the Pod declares any,
 * the first listens on all. Until `startMs` nobody listens, until `readyAfterMs` the answer is 503.
 */
export function servePacket(
  { sandboxes, containers }: ServingNode,
  { toIp, port, question }: { readonly toIp: string; readonly port: number; readonly question: string },
  nowMs: number,
): PacketAnswer {
  const sandbox = [...sandboxes.values()].find(({ ip }) => ip === toIp);
  if (sandbox === undefined) return { type: 'timeout' };
  const running = [...containers.values()].filter((one) => one.sandbox === sandbox.id && one.state === 'running');
  const declares = running.some(({ behaviour }) => behaviour.listens !== undefined);
  const listening = running.find(({ behaviour }) => (declares ? behaviour.listens?.includes(port) === true : true));
  if (listening === undefined) return { type: 'refused', by: toIp };
  const { behaviour, startedAtMs, name } = listening;
  const { startMs = 0, http = [] } = behaviour;
  const sinceMs = nowMs - startedAtMs;
  if (sinceMs < startMs) return { type: 'refused', by: name };
  const path = question.split('?')[0];
  const told = http.find(
    (answer) => answer.path === path && sinceMs >= (answer.fromMs ?? 0) && sinceMs < (answer.untilMs ?? Infinity),
  );
  const isReady = sinceMs >= (behaviour.readyAfterMs ?? startMs);
  return { type: 'answered', by: name, code: told?.code ?? (isReady ? 200 : 503) };
}

/** The process in the Pod answers; what nobody answers is lost. */
export function answerPacket(node: ServingNode, to: ComponentId, message: CallMessage, context: Context): void {
  const { id, method, parameters } = message;
  const result = Object.freeze(servePacket(node, parameters as unknown as PacketParameters, context.nowMs));
  if (result.type === 'timeout') return;
  const ok = result.type === 'answered';
  context.send(
    to,
    { type: 'answer', id, method, ok, result },
    { class: 'packet', verb: result.type, detail: { ...result } },
  );
}
