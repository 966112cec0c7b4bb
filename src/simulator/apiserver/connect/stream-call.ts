import type { ComponentId } from '../../component.ts';
import type { AnswerMessage, CallMessage } from '../../messages.ts';
import type { Server } from '../state.ts';

/** Method of a call with which a client sends a request over a stream that it has opened. */
export const OVER_STREAM = 'over stream';

/** Something that a client sent over a stream, until the kubelet answers. Never changes. */
export interface StreamCall {
  readonly to: ComponentId;
  readonly id: number;
}

/** Hands on what a client sends over its stream to the kubelet at the other end; nothing where the stream is closed. */
export function streamCalled({ state, context }: Server, from: ComponentId, call: CallMessage): void {
  const { id, method, parameters } = call;
  for (const [connection, { from: client, request, node, isOpen }] of state.connections) {
    if (client !== from || request.id !== parameters['stream'] || isOpen !== true || node === undefined) continue;
    const handed = context.next('connection');
    state.streamCalls.set(handed, Object.freeze({ to: from, id }));
    context.send(
      `kubelet/${node}`,
      { type: 'call', id: handed, method, parameters: Object.freeze({ ...parameters, stream: connection }) },
      { class: 'request', verb: method, detail: { port: parameters['port'], path: parameters['path'] } },
    );
    return;
  }
}

/** The other end has answered over a stream; false where the answer is to something else. */
export function streamAnswered({ state, context }: Server, answer: AnswerMessage): boolean {
  const asked = state.streamCalls.get(answer.id);
  if (asked === undefined || answer.method !== OVER_STREAM) return false;
  state.streamCalls.delete(answer.id);
  context.send(
    asked.to,
    { ...answer, id: asked.id },
    { class: 'response', verb: answer.method, detail: { ok: answer.ok, code: answer.result['code'] } },
  );
  return true;
}
