import type { Cluster } from '../../simulator/cluster.ts';
import type { ControllerState } from '../../simulator/controllers/controller-state.ts';
import { CONTROLLER_MANAGER } from '../../simulator/controllers/shared-informers.ts';

/** A controller of kube-controller-manager at work. */
export interface FrameController {
  readonly id: string;
  /** The controller manager that it is part of; there may be several, of which one leads. */
  readonly process: string;
  readonly isRunning: boolean;
  /** Keys that wait to be reconciled, and those that wait for a later time. */
  readonly queued: number;
  readonly delayed: number;
  /** Keys that its workers reconcile now. */
  readonly working: readonly string[];
}

/** What takes part in the election for the manager's controllers, and is none of them. */
const ELECTION = 'leader-election';
/** Keys that are named of one controller. */
const MOST_WORKING = 4;

export function frameControllers(cluster: Cluster): readonly FrameController[] {
  return cluster
    .places()
    .filter(({ id, kind, process }) => process.startsWith(CONTROLLER_MANAGER) && id !== process && kind !== ELECTION)
    .map(({ id, process, isRunning }) => {
      const state = cluster.stateOf(id) as ControllerState | undefined;
      return {
        id,
        process,
        isRunning,
        queued: state?.queue.waiting.length ?? 0,
        delayed: state?.delayed.size ?? 0,
        working: [...(state?.syncs.keys() ?? [])].slice(0, MOST_WORKING),
      };
    });
}
