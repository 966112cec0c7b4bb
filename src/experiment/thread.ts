import type { Experiment } from './experiment.ts';
import type { ScriptProblem } from '../simulator/script/script.ts';
import { readExperiment } from './read-experiment.ts';
import type { ResultHead } from './result.ts';
import { headOf } from './result.ts';
import type { TrialRow } from './row.ts';
import { TrialRunner } from './run-trial.ts';

/** What a thread that runs trials is told. */
export type ToTrialThread =
  /** What all that follows is about. */
  | { readonly type: 'experiment'; readonly experiment: Experiment }
  /** Asks what there is to run, before anything of it runs. */
  | { readonly type: 'plan' }
  | { readonly type: 'trial'; readonly index: number };

/** What it tells. */
export type FromTrialThread =
  | { readonly type: 'plan'; readonly head: ResultHead; readonly problems: readonly ScriptProblem[] }
  | { readonly type: 'row'; readonly row: TrialRow }
  /** A trial that could not be run: what broke. */
  | { readonly type: 'failed'; readonly index: number | undefined; readonly message: string };

/** Runs the trials of one experiment, one after the other, in whatever thread it is put. */
export class TrialThread {
  private readonly post: (message: FromTrialThread) => void;
  private experiment: Experiment | undefined;
  private runner: Promise<TrialRunner> | undefined;

  constructor(post: (message: FromTrialThread) => void) {
    this.post = post;
  }

  receive(message: ToTrialThread): void {
    const index = message.type === 'trial' ? message.index : undefined;
    this.handle(message).catch((error: unknown) =>
      this.post({ type: 'failed', index, message: error instanceof Error ? error.message : String(error) }),
    );
  }

  private async handle(message: ToTrialThread): Promise<void> {
    if (message.type === 'experiment') {
      this.experiment = message.experiment;
      this.runner = undefined;
    } else if (this.experiment === undefined) return;
    else if (message.type === 'plan') {
      const { experiment, problems } = readExperiment(this.experiment);
      this.post({ type: 'plan', head: headOf(experiment), problems });
    } else {
      this.runner ??= TrialRunner.of(this.experiment);
      this.post({ type: 'row', row: (await this.runner).run(message.index) });
    }
  }
}
