import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { ScriptProblem } from '../simulator/script/script.ts';
import type { Experiment } from './experiment.ts';
import type { TrialPort } from './pool.ts';
import { TrialPool } from './pool.ts';
import type { ResultHead } from './result.ts';
import type { TrialRow } from './row.ts';

/** An experiment that a page runs, or has run. */
export interface ExperimentState {
  readonly status: 'idle' | 'running' | 'finished' | 'cancelled' | 'failed' | 'refused';
  readonly head: ResultHead | undefined;
  /** In order of their index. */
  readonly rows: readonly TrialRow[];
  readonly problems: readonly ScriptProblem[];
  /** What broke. */
  readonly failure: string | undefined;
}

export interface Experiments {
  readonly store: StoreApi<ExperimentState>;
  /** Runs an experiment in so many threads; one that is running is cancelled. */
  start(experiment: Experiment, workers: number): void;
  /** Keeps what is finished. */
  cancel(): void;
}

const IDLE: ExperimentState = { status: 'idle', head: undefined, rows: [], problems: [], failure: undefined };

/** The experiments of one page; `open` starts a thread. */
export function createExperiments(open: () => TrialPort): Experiments {
  const store = createStore<ExperimentState>()(() => IDLE);
  let stop: (() => void) | undefined;

  const run = (experiment: Experiment, head: ResultHead, workers: number, first: TrialPort): void => {
    let ready: TrialPort | undefined = first;
    const pool = new TrialPool({
      experiment,
      indexes: Array.from({ length: head.trials }, (_, index) => index),
      workers,
      open: () => {
        const port = ready ?? open();
        ready = undefined;
        return port;
      },
      onRow: (row) => store.setState(({ rows }) => ({ rows: [...rows, row].sort((a, b) => a.index - b.index) })),
    });
    stop = () => pool.cancel();
    void pool.ended.then((end) => {
      if (end.type === 'failed') store.setState({ status: 'failed', failure: end.message });
      else store.setState({ status: end.type });
    });
  };

  return {
    store,
    start(experiment, workers) {
      stop?.();
      store.setState({ ...IDLE, status: 'running' });
      const port = open();
      stop = () => {
        port.end();
        store.setState({ status: 'cancelled' });
      };
      port.listen((message) => {
        if (message.type === 'failed') {
          port.end();
          store.setState({ status: 'failed', failure: message.message });
        } else if (message.type === 'plan' && message.problems.length > 0) {
          port.end();
          store.setState({ status: 'refused', problems: message.problems });
        } else if (message.type === 'plan') {
          store.setState({ head: message.head });
          run(experiment, message.head, workers, port);
        }
      });
      port.post({ type: 'experiment', experiment });
      port.post({ type: 'plan' });
    },
    cancel: () => stop?.(),
  };
}
