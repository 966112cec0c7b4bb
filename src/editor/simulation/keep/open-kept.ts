import type { Shelf } from '../../../workspace/saving/shelf.ts';
import { readKeptRun } from '../../../workspace/simulation/keep/kept-run.ts';
import type { Simulation } from '../../../workspace/simulation/simulation.ts';
import type { Workspace } from '../../../workspace/workspace.ts';
import { page } from '../../page-state.ts';
import type { Moment } from './moment-link.ts';
import { readMomentHash } from './moment-link.ts';

/** What a kept run is opened with. */
export interface KeptParts {
  readonly shelf: Shelf;
  readonly workspace: Workspace;
  readonly simulation: Simulation;
}

/**
 * Opens a kept run: its design comes among the designs of this browser, and is played again as it was. Throws, with what is
 * wrong, for a text that holds no run.
 */
export async function openKept(
  { name, script, seq }: Omit<Moment, 'seq'> & { readonly seq?: number },
  { shelf, workspace, simulation }: KeptParts,
): Promise<void> {
  const { design, seed, nodes } = readKeptRun(script).script;
  const encoder = new TextEncoder();
  const files = design.map(({ path, text }) => ({ path, content: encoder.encode(text) }));
  await shelf.begin(name, files, true);
  await imported(workspace);
  page.setState({ mode: 'simulation', simulated: workspace.store.getState().design, welcome: false });
  const shown = seq === undefined ? {} : { showSeq: seq };
  simulation.start(files, { seed: seed ?? 1, workers: nodes ?? 3, script, ...shown });
}

/** Opens the moment that an address names; true where it names one. */
export async function openMoment(address: Location, parts: KeptParts): Promise<boolean> {
  const moment = readMomentHash(address.hash);
  if (moment === undefined) return false;
  // The address is used up: whoever loads the page again goes on with what is in it then.
  history.replaceState(undefined, '', `${address.pathname}${address.search}`);
  await openKept(moment, parts);
  return true;
}

function imported({ store }: Workspace): Promise<void> {
  return new Promise((resolve) => {
    const isDone = (): boolean => store.getState().import.status !== 'running';
    if (isDone()) return resolve();
    const stop = store.subscribe(() => {
      if (!isDone()) return;
      stop();
      resolve();
    });
  });
}
