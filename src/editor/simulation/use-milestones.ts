import { useMemo } from 'react';
import type { BranchState, Milestone } from '../../workspace/simulation/simulation.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';

export interface Milestones {
  /** Those of what is shown: what happened while the cluster came up is no part of it. */
  readonly all: readonly Milestone[];
  /** After the step that is shown. */
  readonly next: Milestone | undefined;
  /** When all is settled, after the step that is shown. */
  readonly settled: Milestone | undefined;
  /** Each from the step that was asked for last, shown or not. */
  readonly toNext: () => void;
  readonly toPrevious: () => void;
  readonly toSettled: () => void;
}

/** The milestones of a branch, and the ways to them. `first`: seq of the first step that is shown. */
export function useMilestones(branch: BranchState | undefined, first: number, pause: () => void): Milestones {
  const { store, goTo } = useSimulation();
  const shown = useSimulationState(({ moment }) => moment?.seq ?? 0);
  const found = branch?.milestones;
  const all = useMemo(() => (found ?? []).filter((milestone) => milestone.seq >= first), [found, first]);
  const ways = useMemo(() => {
    const to = (milestone: Milestone | undefined): void => {
      if (milestone === undefined) return;
      pause();
      goTo(milestone.seq);
    };
    const now = (): number => store.getState().seq;
    return {
      toNext: () => to(nextOf(all, now())),
      toPrevious: () => to(all.findLast(({ seq }) => seq < now())),
      toSettled: () => to(settledAfter(all, now())),
    };
  }, [store, goTo, all, pause]);
  const [next, settled] = [nextOf(all, shown), settledAfter(all, shown)];
  return useMemo(() => ({ all, next, settled, ...ways }), [all, next, settled, ways]);
}

function nextOf(all: readonly Milestone[], after: number): Milestone | undefined {
  return all.find(({ seq }) => seq > after);
}

function settledAfter(all: readonly Milestone[], after: number): Milestone | undefined {
  return all.find(({ type, seq }) => type === 'settled' && seq > after);
}
