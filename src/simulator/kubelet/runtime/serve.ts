import { answerReview } from '../../behaviour/review-answer.ts';
import type { ComponentId, Context } from '../../component.ts';
import type { CallMessage } from '../../messages.ts';
import type { PacketAnswer, PacketParameters } from '../../network/packets.ts';
import { sendAnswer, served } from '../../network/serve-packet.ts';
import { NO_LOAD, answered, isOutOfMemory, withRequest } from './load.ts';
import { ended, planEnd } from './processes.ts';
import type { RuntimeState } from './runtime-state.ts';

/** Name of the timer with which a request is answered that takes a while. */
export const SERVED = 'served';

/** An answer that is being worked on. */
export interface Serving {
  readonly to: ComponentId;
  readonly call: Pick<CallMessage, 'id' | 'method'>;
  readonly result: PacketAnswer;
  readonly container: string;
}

/** 128 and SIGKILL. */
const KILLED = 137;

/** The process in a Pod works on a request: the answer comes when its CPU has been spent, if it lives so long. */
export function serve(state: RuntimeState, to: ComponentId, call: CallMessage, context: Context): void {
  const packet = call.parameters as unknown as PacketParameters;
  const { result: plain, container: id, takesMs: workMs = 0 } = served(state, packet, context.nowMs);
  const { result, takesMs: reviewMs } = reviewedBy(state, packet, plain, context.nowMs);
  const takesMs = Math.max(workMs, reviewMs);
  const container = id === undefined ? undefined : state.containers.get(id);
  if (container === undefined) return sendAnswer(to, call, result, context);
  const { behaviour } = container;
  const isFree = behaviour.cpuMillicores?.perRequest === undefined && behaviour.memoryBytes?.perRequest === undefined;
  if (isFree) {
    state.loads.set(container.id, withRequest(state.loads.get(container.id) ?? NO_LOAD, context.nowMs));
    return sendAfter(takesMs, { to, call, result, container: container.id }, context);
  }
  const { load, afterMs } = answered(container, state.loads.get(container.id) ?? NO_LOAD, context.nowMs);
  state.loads.set(container.id, load);
  if (isOutOfMemory(container, load, context.nowMs)) {
    const exit = { id: container.id, exitCode: KILLED, reason: 'OOMKilled', plan: planEnd(state, container.id) };
    return ended(state, exit, context);
  }
  sendAfter(Math.max(afterMs, takesMs), { to, call, result, container: container.id }, context);
}

function sendAfter(afterMs: number, { to, call, result, container }: Serving, context: Context): void {
  if (afterMs === 0) return sendAnswer(to, call, result, context);
  const { id, method } = call;
  const serving: Serving = Object.freeze({ to, call: { id, method }, result, container });
  context.timer(afterMs, SERVED, serving);
}

/** A process that was sent a review answers it, where it answers at all. */
function reviewedBy(
  { settings }: RuntimeState,
  { review }: PacketParameters,
  result: PacketAnswer,
  nowMs: number,
): { readonly result: PacketAnswer; readonly takesMs: number } {
  if (review === undefined || result.type !== 'answered' || result.code >= 400) return { result, takesMs: 0 };
  const answer = answerReview(settings.behaviours ?? [], review, nowMs);
  if (answer.isDown) return { result: { type: 'refused', by: result.by }, takesMs: 0 };
  const { code, body, takesMs } = answer;
  return { result: Object.freeze({ ...result, code, ...(body === undefined ? {} : { body }) }), takesMs };
}

/** The work on a request is done; a container that has ended meanwhile answers nothing. */
export function servedLate(state: RuntimeState, { to, call, result, container }: Serving, context: Context): void {
  if (state.containers.get(container)?.state === 'running') sendAnswer(to, call, result, context);
}
