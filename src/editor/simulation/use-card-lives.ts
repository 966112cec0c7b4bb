import { useEffect, useLayoutEffect } from 'react';
import type { BranchState } from '../../workspace/simulation/simulation.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { cardLives, livesOf } from './card-life.ts';
import { useSimulationState } from './simulation-context.ts';

/** Tells the cards of the canvas how their objects fare at the moment that is shown, while the pane of a run is open. */
export function useCardLives(branch: BranchState | undefined): void {
  const design = useWorkspaceState((state) => state.design);
  const moment = useSimulationState((state) => state.moment);
  const verdicts = branch?.verdicts;
  // In the same moment as the picture: a card never lags behind it.
  useLayoutEffect(() => {
    if (moment === undefined) return;
    const { frame, seq } = moment;
    cardLives.setState(({ byRecord }) => ({ byRecord: livesOf(design, frame, verdicts ?? [], seq, byRecord) }));
  }, [design, moment, verdicts]);
  useEffect(() => () => cardLives.setState({ byRecord: new Map() }), []);
}
