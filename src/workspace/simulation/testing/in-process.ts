import { performance } from 'node:perf_hooks';
import { BUILT_IN_KINDS } from '../../../kinds/index.ts';
import { createSimulation } from '../create-simulation.ts';
import { SimulationHost } from '../simulation-host.ts';
import type { FromSimulation } from '../simulation-protocol.ts';
import type { BranchState, Simulation, StartOptions } from '../simulation.ts';

/** A simulation whose thread is this one; what passes between the two is copied as it is between threads. */
export function inProcessSimulation(): Simulation {
  return createSimulation(() => {
    let take: ((message: FromSimulation) => void) | undefined;
    let isOver = false;
    const host = new SimulationHost({
      post: (message) => {
        if (!isOver) take?.(structuredClone(message));
      },
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      nowMs: () => performance.now(),
      kinds: BUILT_IN_KINDS,
    });
    return {
      post: (message) => {
        // Nobody looks at pictures here.
        if (message.type !== 'moment') host.receive(structuredClone(message));
      },
      listen: (taker) => (take = taker),
      end: () => (isOver = true),
    };
  });
}

export function fileOf(text: string, path = 'web.yaml') {
  return { path, content: new TextEncoder().encode(text) };
}

/** Starts a run and waits until it goes no further. */
export async function ran(
  simulation: Simulation,
  files: Parameters<Simulation['start']>[0],
  options: StartOptions = { seed: 1, workers: 3 },
): Promise<BranchState> {
  simulation.start(files, options);
  return rested(simulation);
}

/** The branch that is shown, once it goes no further. */
export async function rested(simulation: Simulation): Promise<BranchState> {
  // What was just asked for has not begun yet.
  await new Promise((resolve) => setImmediate(resolve));
  for (;;) {
    const { status, failure, branches, branch } = simulation.store.getState();
    if (failure !== undefined) throw new Error(failure);
    const shown = branches[branch];
    if (status !== 'running' && status !== 'idle' && shown?.hash !== undefined) return shown;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
