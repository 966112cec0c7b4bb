import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { NO_FILTER } from './trace-filter.ts';
import type { TraceFilter } from './trace-filter.ts';

/** Pictures of a run; all show the same moment. */
export const STAGES = ['controlPlane', 'application', 'cluster'] as const;
export type Stage = (typeof STAGES)[number];

/** What is open in the pane of a run; of no run, so that it outlives each. */
export interface PaneState {
  readonly stage: Stage;
  /** The component that is looked into, `kube-controller-manager` or `node/w1`. */
  readonly inside: string | undefined;
  /** What of the steps the trace and the timeline show. */
  readonly filter: TraceFilter;
  readonly hidden: ReadonlySet<Ledger>;
  /** For a hall: the picture, the caption and the number of the step, large, and nothing else. */
  readonly projector: boolean;
  /** The screen shows nothing but this until it is wanted again. */
  readonly blank: 'black' | 'white' | undefined;
  /** What takes no part in a step is dimmed. */
  readonly spotlight: boolean;
}

/** What is written down of a run, each in its own way; each can be hidden. */
export const LEDGERS = [
  'timeline',
  'trace',
  'workloads',
  'traffic',
  'events',
  'etcd',
  'terminal',
  'why',
  'keep',
] as const;
export type Ledger = (typeof LEDGERS)[number];

export const pane = createStore<PaneState>(() => ({
  stage: 'controlPlane',
  inside: undefined,
  filter: NO_FILTER,
  hidden: new Set(),
  projector: false,
  blank: undefined,
  spotlight: true,
}));

export function usePane<Value>(select: (state: PaneState) => Value): Value {
  return useStore(pane, select);
}

/** Goes from one picture to the next, round and round. */
export function nextStage(): void {
  pane.setState(({ stage }) => ({ stage: STAGES[(STAGES.indexOf(stage) + 1) % STAGES.length]! }));
}

export function toggleLedger(ledger: Ledger): void {
  pane.setState(({ hidden }) => {
    const next = new Set(hidden);
    if (!next.delete(ledger)) next.add(ledger);
    return { hidden: next };
  });
}
