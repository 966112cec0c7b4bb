import type { Context } from '../../component.ts';
import type { RuntimeState } from './runtime-state.ts';

/** An answer to the kubelet; well where nothing else is said. */
export interface RuntimeAnswer {
  readonly id: number;
  readonly method: string;
  readonly ok?: boolean;
  readonly result?: Readonly<Record<string, unknown>>;
}

export function answer(
  { settings }: RuntimeState,
  { id, method, ok = true, result = {} }: RuntimeAnswer,
  context: Context,
): void {
  const message = { type: 'answer', id, method, ok, result: Object.freeze(result) } as const;
  const error = ok ? {} : { error: result['error'] };
  context.send(settings.kubelet, message, { class: 'cri', verb: method, detail: { ok, ...error } });
}
