import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { JsonObject } from '../../base/json.ts';
import type { ModelRun } from '../../lessons/models/model-run.ts';

/** What is shown of the run of a model. */
export interface ModelPlayerState {
  /** The run that is shown: that of the lesson, or a branch in which something was tried. */
  readonly run: ModelRun;
  readonly seq: number;
  /** The step of the lesson at which a branch begins; undefined in the run of the lesson itself. */
  readonly branchedAt: number | undefined;
  /** Why something that was tried cannot be done. */
  readonly refusal: string | undefined;
}

/** Shows the run of a model step by step, and tries things in branches of it. */
export interface ModelPlayer {
  readonly store: StoreApi<ModelPlayerState>;
  goTo(seq: number): void;
  /** By so many steps; in a branch no further back than where it begins. */
  move(by: number): void;
  /** Does something at the step that is shown, in a branch of its own or on in the one that is shown. */
  act(acts: readonly JsonObject[]): void;
  /** Back to the run of the lesson, where the branch began. */
  leaveBranch(): void;
}

export function createModelPlayer(lessonRun: ModelRun): ModelPlayer {
  const store = createStore<ModelPlayerState>(() => ({
    run: lessonRun,
    seq: 0,
    branchedAt: undefined,
    refusal: undefined,
  }));
  const clamp = (seq: number): number => {
    const { run, branchedAt = 0 } = store.getState();
    return Math.max(branchedAt, Math.min(run.entries.length, seq));
  };
  return {
    store,
    goTo(seq) {
      // A step of the lesson is asked for: what was tried is left.
      store.setState({ run: lessonRun, branchedAt: undefined, refusal: undefined });
      store.setState({ seq: clamp(seq) });
    },
    move(by) {
      store.setState(({ seq }) => ({ seq: clamp(seq + by) }));
    },
    act(acts) {
      const { run, seq, branchedAt } = store.getState();
      const branch = run.fork(seq);
      try {
        for (const act of acts) branch.act(act);
      } catch (error) {
        store.setState({ refusal: error instanceof Error ? error.message : String(error) });
        return;
      }
      const next = Math.min(seq + 1, branch.entries.length);
      store.setState({ run: branch, seq: next, branchedAt: branchedAt ?? seq, refusal: undefined });
    },
    leaveBranch() {
      const { branchedAt } = store.getState();
      if (branchedAt !== undefined)
        store.setState({ run: lessonRun, seq: branchedAt, branchedAt: undefined, refusal: undefined });
    },
  };
}
