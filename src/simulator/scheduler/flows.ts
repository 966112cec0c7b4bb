import type { ApiCall, ApiResult } from '../client/api-client.ts';
import { sendCall } from '../client/api-client.ts';
import type { Context } from '../component.ts';
import { FlowRun, resumeFlow } from '../kernel/flow.ts';
import type { SchedulerState } from './scheduler-state.ts';

/** What upstream does beside the scheduling loop, in goroutines: the binding of a Pod, a preemption. Plain data. */
export interface SchedulerFlow {
  readonly kind: 'bind' | 'preempt';
  /** Of the Pod that is bound, or for which others make room. */
  readonly uid: string;
  readonly journal: unknown[];
  /** Answers to the calls that are out, and how many are missing. */
  answers: (ApiResult | undefined)[];
  missing: number;
  /** Number of the sleep that it is in; a timer of another one comes too late. */
  sleep: number;
  isAsleep: boolean;
}

export type SchedulerRun = FlowRun<ApiCall, ApiResult>;

/** A timer of a flow that sleeps. */
export const AWAKE = 'awake';

export interface Awakening {
  readonly flow: string;
  readonly sleep: number;
}

export function newFlow<Kind extends SchedulerFlow['kind']>(
  kind: Kind,
  uid: string,
): SchedulerFlow & { readonly kind: Kind } {
  return { kind, uid, journal: [], answers: [], missing: 0, sleep: 0, isAsleep: false };
}

/** Runs a flow up to its next wait; what comes of it where it ends. */
export function advance<Result>(
  state: SchedulerState,
  flow: SchedulerFlow,
  program: (run: SchedulerRun) => Result,
  context: Context,
): { readonly result: Result } | undefined {
  const outcome = resumeFlow(new FlowRun<ApiCall, ApiResult>(flow), program);
  if (outcome.done) return outcome;
  const { wait } = outcome;
  const key = flowKey(flow);
  if (wait.type === 'sleep') {
    flow.isAsleep = true;
    const awakening: Awakening = Object.freeze({ flow: key, sleep: ++flow.sleep });
    // It waits for others, and looks again and again whether they are done: that moves nothing.
    context.timer(wait.delayMs, AWAKE, awakening, { periodic: true });
    return undefined;
  }
  flow.answers = wait.calls.map(() => undefined);
  flow.missing = wait.calls.length;
  wait.calls.forEach((call, index) => {
    state.calls.set(sendCall(state.client, call, context), Object.freeze({ flow: key, index }));
  });
  return undefined;
}

export function flowKey({ kind, uid }: SchedulerFlow): string {
  return `${kind}/${uid}`;
}

/** The flow has what it waited for; false where more answers are missing. */
export function takeAnswer(flow: SchedulerFlow, index: number, answer: ApiResult): boolean {
  flow.answers[index] = answer;
  if (--flow.missing > 0) return false;
  flow.journal.push(Object.freeze(flow.answers));
  flow.answers = [];
  return true;
}

/** Whether the flow slept, and no other sleep since. */
export function wakeUp(flow: SchedulerFlow, sleep = flow.sleep): boolean {
  if (!flow.isAsleep || flow.sleep !== sleep) return false;
  flow.isAsleep = false;
  flow.journal.push(null);
  return true;
}
