import type { ComponentId, Context } from '../../component.ts';
import type { CallMessage } from '../../messages.ts';
import type { PacketAnswer, PacketParameters } from '../../network/packets.ts';
import { sendAnswer, served } from '../../network/serve-packet.ts';
import { NO_LOAD, answered, isOutOfMemory } from './load.ts';
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
  const { result, container: id } = served(state, call.parameters as unknown as PacketParameters, context.nowMs);
  const container = id === undefined ? undefined : state.containers.get(id);
  if (container === undefined) return sendAnswer(to, call, result, context);
  const { behaviour } = container;
  const isFree = behaviour.cpuMillicores?.perRequest === undefined && behaviour.memoryBytes?.perRequest === undefined;
  if (isFree) return sendAnswer(to, call, result, context);
  const { load, afterMs } = answered(container, state.loads.get(container.id) ?? NO_LOAD, context.nowMs);
  state.loads.set(container.id, load);
  if (isOutOfMemory(container, load, context.nowMs)) {
    const exit = { id: container.id, exitCode: KILLED, reason: 'OOMKilled', plan: planEnd(state, container.id) };
    return ended(state, exit, context);
  }
  if (afterMs === 0) return sendAnswer(to, call, result, context);
  const { id: number, method } = call;
  const serving: Serving = Object.freeze({ to, call: { id: number, method }, result, container: container.id });
  context.timer(afterMs, SERVED, serving);
}

/** The work on a request is done; a container that has ended meanwhile answers nothing. */
export function servedLate(state: RuntimeState, { to, call, result, container }: Serving, context: Context): void {
  if (state.containers.get(container)?.state === 'running') sendAnswer(to, call, result, context);
}
