import { useCallback, useEffect, useRef } from 'react';
import type { BranchState, Simulation, SimulationState } from '../../../workspace/simulation/simulation.ts';
import { useSimulation } from '../simulation-context.ts';

/**
 * Sends a request at the step that is shown, in the past as a branch, and goes to where it is sent: its packets are the
 * next steps. Who has gone elsewhere meanwhile is left there.
 */
export function useSendRequest(): Simulation['request'] {
  const simulation = useSimulation();
  const leave = useRef<() => void>(undefined);
  useEffect(() => () => leave.current?.(), []);
  return useCallback(
    (order) => {
      leave.current?.();
      const since = simulation.store.getState().seq;
      simulation.request(order);
      leave.current = whenSent(simulation, since, (seq) => simulation.goTo(seq));
    },
    [simulation],
  );
}

/** Calls back once, with the step at which a request is sent after another step. Gives what ends the waiting. */
function whenSent({ store }: Simulation, since: number, found: (seq: number) => void): () => void {
  const look = (state: SimulationState): void => {
    const branch = state.branches[state.branch];
    const sent = branch && state.seq === since ? sentAfter(branch, since) : undefined;
    if (sent === undefined && state.status === 'running' && state.seq === since) return;
    end();
    if (sent !== undefined) found(sent);
  };
  const end = store.subscribe(look);
  return end;
}

function sentAfter({ entries, shared, length }: BranchState, seq: number): number | undefined {
  for (let at = Math.max(seq, shared); at < length; at++) {
    const { from, verb, class: kind } = entries[at]!;
    if (kind === 'packet' && from === 'traffic' && verb === 'request') return at + 1;
  }
  return undefined;
}
