import { useEffect } from 'react';
import type { Simulation } from '../../workspace/simulation/simulation.ts';
import { page, usePage } from '../page-state.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';

/** Edits that follow each other within this time are one apply, in milliseconds. */
const EDIT_PAUSE_MS = 400;

/**
 * What is changed of the design while its run is open is applied to the cluster at the step that is shown; in the past
 * that begins a branch. Where cards stand is no change of the design.
 */
export function useLiveApply(): void {
  const simulation = useSimulation();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const simulated = usePage((state) => state.simulated);
  const hasRun = useSimulationState(({ branches, seq }) => branches.length > 0 && seq > 0);
  useShowApplied();
  useEffect(() => {
    if (simulated === undefined || simulated.records === design.records || !hasRun) return;
    const timer = setTimeout(() => {
      page.setState({ simulated: design });
      awaitVerdict(simulation);
      simulation.apply(workspace.exportFiles({ layout: 'keep' }));
    }, EDIT_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [design, simulated, hasRun, simulation, workspace]);
}

/** The step after which something was applied whose verdict is to be shown. */
const applied: { since: number | undefined } = { since: undefined };

/** What is applied next is shown where the server takes or refuses it. */
export function awaitVerdict(simulation: Simulation): void {
  applied.since = simulation.store.getState().seq;
}

/** Brings to where the server refuses what was changed, or else to where it has taken all of it. */
function useShowApplied(): void {
  const simulation = useSimulation();
  useEffect(
    () =>
      simulation.store.subscribe(({ status, branches, branch, seq }, before) => {
        const { since } = applied;
        if (since === undefined || status === 'running' || before.status !== 'running') return;
        applied.since = undefined;
        const current = branches[branch];
        if (current === undefined || seq !== since) return;
        const verdicts = current.verdicts.filter((verdict) => verdict.seq > since);
        const last = verdicts.at(-1);
        // kubectl may write an object again, to take over what it once applied itself.
        const taken = verdicts.find(({ object }) => object === last?.object);
        const next = verdicts.find(({ refusal }) => refusal !== undefined) ?? taken;
        if (next !== undefined) simulation.goTo(next.seq);
      }),
    [simulation],
  );
}
