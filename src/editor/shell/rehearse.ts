import type { Simulation } from '../../workspace/simulation/simulation.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { settings } from '../settings.ts';
import { page } from '../page-state.ts';
import { startRun } from '../simulation/start-run.ts';

/** From the design to its rehearsal; one that runs already goes on where it was. */
export function rehearse(workspace: Workspace, simulation: Simulation): void {
  page.setState({ mode: 'simulation' });
  if (simulation.store.getState().status !== 'idle') return;
  startRun(workspace, simulation, { seed: 1, workers: 3, network: settings.getState().runNetwork });
}
