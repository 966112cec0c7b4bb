import { useCallback, useMemo } from 'react';
import type { BranchState, Milestone } from '../../workspace/simulation/simulation.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';

export interface Milestones {
  /** Those of what is shown: what happened while the cluster came up is no part of it. */
  readonly all: readonly Milestone[];
  readonly next: Milestone | undefined;
  readonly previous: Milestone | undefined;
  /** When all is settled, after the step that is shown or, where it is the last, at it. */
  readonly settled: Milestone | undefined;
  readonly goTo: (milestone: Milestone | undefined) => void;
}

/** The milestones of a branch, and the ways to them. `first`: seq of the first step that is shown. */
export function useMilestones(branch: BranchState | undefined, first: number, pause: () => void): Milestones {
  const simulation = useSimulation();
  const seq = useSimulationState((state) => state.seq);
  const found = branch?.milestones;
  const all = useMemo(() => (found ?? []).filter((milestone) => milestone.seq >= first), [found, first]);
  const goTo = useCallback(
    (milestone: Milestone | undefined) => {
      if (milestone === undefined) return;
      pause();
      simulation.goTo(milestone.seq);
    },
    [pause, simulation],
  );
  return useMemo(() => {
    const settled = all.filter(({ type }) => type === 'settled');
    return {
      all,
      next: all.find((milestone) => milestone.seq > seq),
      previous: all.findLast((milestone) => milestone.seq < seq),
      settled: settled.find((milestone) => milestone.seq > seq),
      goTo,
    };
  }, [all, seq, goTo]);
}
