/**
 * A straight-line function that waits, whose waits are data. A controller's sync, a binding, a `kubectl` command send a
 * request and need its answer before they go on; a function that is suspended cannot be saved or forked. So a flow keeps
 * a journal of the answers it got: to go on, its function is run again from the start and finds the old answers there, up
 * to the first question that has none. Everything else that the function reads must be the same at each run: it reads
 * what was pinned when the flow began.
 */
export interface Flow {
  /** Answers so far, in the order of the questions. */
  readonly journal: unknown[];
}

/** What a flow waits for. */
export type Wait<Call> =
  /** Answers to all calls, in order: they go out together. */
  { readonly type: 'calls'; readonly calls: readonly Call[] } | { readonly type: 'sleep'; readonly delayMs: number };

/** Leaves the function; no function may catch it. */
const SUSPENDED: unique symbol = Symbol('suspended');

export class FlowRun<Call, Answer> {
  /** What the function stopped at; undefined while it runs. */
  waiting: Wait<Call> | undefined;
  private readonly flow: Flow;
  private at = 0;

  constructor(flow: Flow) {
    this.flow = flow;
  }

  call(call: Call): Answer {
    return this.callAll([call])[0]!;
  }

  /** Sends all at once and goes on when the last answer is there. */
  callAll(calls: readonly Call[]): readonly Answer[] {
    if (calls.length === 0) return [];
    return this.wait({ type: 'calls', calls }) as readonly Answer[];
  }

  sleep(delayMs: number): void {
    this.wait({ type: 'sleep', delayMs });
  }

  /** Does something once, however often the function runs: what it gives is kept in the journal. */
  once<Value>(act: () => Value): Value {
    const { journal } = this.flow;
    if (this.at === journal.length) journal.push(act());
    return journal[this.at++] as Value;
  }

  private wait(wait: Wait<Call>): unknown {
    const { journal } = this.flow;
    if (this.at < journal.length) return journal[this.at++];
    this.waiting = wait;
    throw SUSPENDED;
  }
}

/** Runs the function up to its end, or to the next wait (`run.waiting`). */
export function resumeFlow<Call, Answer, Result>(
  run: FlowRun<Call, Answer>,
  program: (run: FlowRun<Call, Answer>) => Result,
): { readonly done: true; readonly result: Result } | { readonly done: false; readonly wait: Wait<Call> } {
  try {
    return { done: true, result: program(run) };
  } catch (thrown) {
    if (thrown !== SUSPENDED || run.waiting === undefined) throw thrown;
    return { done: false, wait: run.waiting };
  }
}
