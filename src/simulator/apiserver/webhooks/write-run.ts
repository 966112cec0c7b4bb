import type { WebhookAnswer, WebhookCall } from '../../../admission/webhooks/webhook-call.ts';

/** What a write has come to before it had to wait for webhooks. Frozen. */
export type WriteMemo = readonly (readonly [string, unknown])[];

/** Leaves the preparation of a write that needs answers of webhooks; nothing may catch it but `untilAsked`. */
class WebhooksAsked {
  readonly calls: readonly WebhookCall[];
  constructor(calls: readonly WebhookCall[]) {
    this.calls = calls;
  }
}

/**
 * The preparation of one write, which is run again from its start when webhooks have answered: what chance or time decided,
 * what was noted in the trace and what webhooks said is kept under names, so that it happens once. All else is read anew:
 * where the cluster has changed meanwhile, the write meets it as it is.
 */
export class WriteRun {
  private readonly kept: Map<string, unknown>;
  /** Whether it was begun before. */
  readonly isAgain: boolean;

  constructor(memo: WriteMemo = []) {
    this.kept = new Map(memo);
    this.isAgain = memo.length > 0;
  }

  get memo(): WriteMemo {
    return Object.freeze([...this.kept].map((entry) => Object.freeze(entry)));
  }

  /** Does something once. */
  once<Value>(name: string, act: () => Value): Value {
    if (this.kept.has(name)) return this.kept.get(name) as Value;
    const made = act();
    this.kept.set(name, made);
    return made;
  }

  /** The answers of webhooks; leaves where one is missing, and has all that are missing called. */
  call(calls: readonly WebhookCall[]): readonly WebhookAnswer[] {
    const missing = calls.filter(({ key }) => !this.kept.has(answerName(key)));
    if (missing.length > 0) throw new WebhooksAsked(missing);
    return calls.map(({ key }) => this.kept.get(answerName(key)) as WebhookAnswer);
  }
}

/** Under which the answer to a call is kept. */
export function answerName(key: string): string {
  return `answer/${key}`;
}

/** Prepares a write as far as it comes: to its end, or to calls that have to be made first. */
export function untilAsked<Result>(
  prepare: () => Result,
): { readonly result: Result } | { readonly calls: readonly WebhookCall[] } {
  try {
    return { result: prepare() };
  } catch (thrown) {
    if (thrown instanceof WebhooksAsked) return { calls: thrown.calls };
    throw thrown;
  }
}
