import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Pictures of a run; all show the same moment. */
export const STAGES = ['controlPlane', 'application', 'cluster'] as const;
export type Stage = (typeof STAGES)[number];

/** What is open in the pane of a run; of no run, so that it outlives each. */
export interface PaneState {
  readonly stage: Stage;
  /** The component that is looked into, `kube-controller-manager` or `node/w1`. */
  readonly inside: string | undefined;
}

export const pane = createStore<PaneState>(() => ({ stage: 'controlPlane', inside: undefined }));

export function usePane<Value>(select: (state: PaneState) => Value): Value {
  return useStore(pane, select);
}

/** Goes from one picture to the next, round and round. */
export function nextStage(): void {
  pane.setState(({ stage }) => ({ stage: STAGES[(STAGES.indexOf(stage) + 1) % STAGES.length]! }));
}
