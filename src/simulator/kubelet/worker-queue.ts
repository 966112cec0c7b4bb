import type { Context } from '../component.ts';
import type { PodRecord } from './pod-record.ts';
import type { KubeletState } from './state.ts';

/** When a step that failed may be tried again, and whether it will come to the same end for ever. */
export interface Retry {
  readonly atMs?: number | undefined;
  readonly isSteady: boolean;
}

/** What became of the present step of a sync. */
export type StepOutcome = { readonly failed: Retry | undefined };

/** Asks for a sync of a Pod. */
export function wantSync(state: KubeletState, record: PodRecord, context: Context): void {
  state.wanted.set(record.uid, context.cause);
}

/** The present step of the Pod's sync is done: the next is begun. */
export function stepDone(state: KubeletState, record: PodRecord, context: Context): void {
  record.outcome = DONE;
  state.moved.set(record.uid, context.cause);
}

const DONE: StepOutcome = Object.freeze({ failed: undefined });

/** The present step has failed: noted for the end of the sync, which may have to leave the rest undone. */
export function stepFailed(state: KubeletState, record: PodRecord, retry: Retry, context: Context): void {
  record.outcome = Object.freeze({ failed: Object.freeze(retry) });
  state.moved.set(record.uid, context.cause);
}

/** There is something new about what a sync waits for before its first step. */
export function goOn(state: KubeletState, record: PodRecord, context: Context): void {
  state.moved.set(record.uid, context.cause);
}
