import type { Experiment } from './experiment.ts';
import type { TrialRow } from './row.ts';
import type { FromTrialThread, ToTrialThread } from './thread.ts';

/** A thread as who gives it work sees it. */
export interface TrialPort {
  post(message: ToTrialThread): void;
  listen(take: (message: FromTrialThread) => void): void;
  end(): void;
}

export interface PoolOrder {
  readonly experiment: Experiment;
  /** Trials to run, by index. */
  readonly indexes: readonly number[];
  /** Threads that work at the same time; fewer where there are fewer trials. */
  readonly workers: number;
  open(): TrialPort;
  /** A trial is over: rows come in any order. */
  onRow(row: TrialRow): void;
}

/** How a pool ends. */
export type PoolEnd =
  | { readonly type: 'finished' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly index: number | undefined; readonly message: string };

/** Threads that run trials beside each other: each gets the next that nobody has begun, as soon as it has nothing to do. */
export class TrialPool {
  readonly ended: Promise<PoolEnd>;
  private readonly ports: TrialPort[] = [];
  private finish: (end: PoolEnd) => void = () => undefined;
  private left: number;
  private next = 0;
  private isOver = false;

  constructor(order: PoolOrder) {
    this.ended = new Promise((resolve) => (this.finish = resolve));
    this.left = order.indexes.length;
    if (this.left === 0) this.end({ type: 'finished' });
    const count = Math.min(Math.max(1, order.workers), this.left);
    for (let started = 0; started < count; started++) this.start(order);
  }

  /** Ends every thread at once; what is over stays told. */
  cancel(): void {
    this.end({ type: 'cancelled' });
  }

  private start({ experiment, indexes, open, onRow }: PoolOrder): void {
    const port = open();
    this.ports.push(port);
    const giveNext = (): void => {
      const index = indexes[this.next++];
      if (index !== undefined) port.post({ type: 'trial', index });
    };
    port.listen((message) => {
      if (this.isOver) return;
      if (message.type === 'failed') return this.end({ ...message });
      onRow(message.row);
      if (--this.left === 0) this.end({ type: 'finished' });
      else giveNext();
    });
    port.post({ type: 'experiment', experiment });
    giveNext();
  }

  private end(end: PoolEnd): void {
    this.isOver = true;
    for (const port of this.ports.splice(0)) port.end();
    this.finish(end);
  }
}
