import type { Simulation, StartOptions } from '../../workspace/simulation/simulation.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { page } from '../page-state.ts';

/** Begins a run of the design as it is. */
export function startRun(workspace: Workspace, simulation: Simulation, options: StartOptions): void {
  page.setState({ simulated: workspace.store.getState().design });
  simulation.start(workspace.exportFiles({ layout: 'keep' }), options);
}
