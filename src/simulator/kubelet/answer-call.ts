import type { ComponentId, Context } from '../component.ts';

/** Answers a call of the kubelet's own server. */
export function answerCall(
  to: ComponentId,
  { id, method }: { readonly id: number; readonly method: string },
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const message = { type: 'answer', id, method, ok, result: Object.freeze(result) } as const;
  context.send(to, message, { class: 'response', verb: method, detail: { code: result['code'] } });
}
