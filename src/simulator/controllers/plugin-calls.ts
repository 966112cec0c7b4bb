import type { Context } from '../component.ts';
import type { AnswerMessage } from '../messages.ts';
import type { PluginAnswer, PluginCall } from './controller.ts';

/** Name of the timer after which no answer of a plugin is waited for any more; its data is the id of the call. */
export const CALL_TIMEOUT = 'plugin-timeout';

/** Sends a call; gives the id that its answer will carry. */
export function callPlugin(call: PluginCall, context: Context): number {
  const id = context.next('call');
  const { to, method, parameters, about, timeoutMs } = call;
  context.send(
    to,
    { type: 'call', id, method, parameters: Object.freeze({ ...parameters }) },
    { class: call.class, verb: method, object: about, detail: { ...parameters } },
  );
  context.timer(timeoutMs, CALL_TIMEOUT, id);
  return id;
}

export function answerFrom({ ok, result }: AnswerMessage): PluginAnswer {
  return Object.freeze(ok ? { ok, result } : { ok, message: String(result['error']) });
}

/** In the words of gRPC. */
export function timedOut(): PluginAnswer {
  return Object.freeze({ ok: false, message: 'rpc error: code = DeadlineExceeded desc = context deadline exceeded' });
}
