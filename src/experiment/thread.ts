import type { Experiment } from './experiment.ts';
import type { TrialRow } from './row.ts';
import { TrialRunner } from './run-trial.ts';

/** What a thread that runs trials is told. */
export type ToTrialThread =
  { readonly type: 'experiment'; readonly experiment: Experiment } | { readonly type: 'trial'; readonly index: number };

/** What it tells. */
export type FromTrialThread =
  | { readonly type: 'row'; readonly row: TrialRow }
  /** A trial that could not be run: what broke. */
  | { readonly type: 'failed'; readonly index: number | undefined; readonly message: string };

/** Runs the trials of one experiment, one after the other, in whatever thread it is put. */
export class TrialThread {
  private readonly post: (message: FromTrialThread) => void;
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
    if (message.type === 'experiment') this.runner = TrialRunner.of(message.experiment);
    const runner = await this.runner;
    if (message.type === 'trial' && runner !== undefined) this.post({ type: 'row', row: runner.run(message.index) });
  }
}
