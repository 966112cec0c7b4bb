/**
 * How containers behave, as a script gives it: all that a real image would decide by being run. The first behaviour whose
 * `match` fits a container is taken; what it leaves out, and containers that none fits, have the defaults.
 *
 * @example
 * const slow: Behaviour = { match: { image: 'registry.example/shop:*' }, startMs: 500, readyAfterMs: 20_000 };
 */
export interface Behaviour {
  /** Every part that is given must fit; without any it fits every container. */
  readonly match: BehaviourMatch;
  /** From the start of the container until its process listens: probes fail before. */
  readonly startMs?: number;
  /** From the start until readiness probes and requests succeed; `startMs` where left out. */
  readonly readyAfterMs?: number;
  /** From the start until liveness probes fail for good. */
  readonly unhealthyAfterMs?: number;
  /** From the start until the process ends by itself: with `exitCode`. Jobs and init containers end where left out. */
  readonly exitAfterMs?: number;
  /** Code with which it ends by itself; 0 where left out. */
  readonly exitCode?: number;
  /** From the start until it crashes, with `exitCode` (1 where left out). */
  readonly crashAfterMs?: number;
  /** How many times it crashes before it runs well; without end where left out. */
  readonly crashes?: number;
  /** From SIGTERM until the process has ended; Infinity where it pays no heed and waits for SIGKILL. */
  readonly stopMs?: number;
  /** Milliseconds of CPU a second (`millicores`) and bytes of memory: steps over time since the start. */
  readonly cpuMillicores?: Usage;
  readonly memoryBytes?: Usage;
  readonly image?: ImageBehaviour;
  /** What the process writes, and when after its start. */
  readonly logs?: readonly LogLine[];
  /** Answers to HTTP probes and requests by path; 200 while it is ready and 503 before where none fits. */
  readonly http?: readonly HttpAnswer[];
  /** What commands that are run in the container print, by the first words of the command. */
  readonly exec?: readonly ExecAnswer[];
}

export interface BehaviourMatch {
  /** The image as the Pod names it; `*` stands for any letters. */
  readonly image?: string;
  readonly container?: string;
  readonly namespace?: string;
  /** Labels of the Pod. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Usage {
  /** From `fromMs` after the start on it is `value`; sorted. */
  readonly steps: readonly { readonly fromMs: number; readonly value: number }[];
  /** Added for each request a second. */
  readonly perRequest?: number;
}

export interface ImageBehaviour {
  readonly sizeBytes?: number;
  /** Why a pull fails, in the words of the runtime; it succeeds where left out. */
  readonly pullFailure?: string;
  /** How many pulls on one Node fail before one succeeds; without end where left out. */
  readonly pullFailures?: number;
}

export interface LogLine {
  readonly atMs: number;
  readonly line: string;
}

export interface HttpAnswer {
  readonly path: string;
  readonly code: number;
  /** From so long after the start on; 0 where left out. */
  readonly fromMs?: number;
  /** Until so long after the start. */
  readonly untilMs?: number;
}

export interface ExecAnswer {
  readonly command: string;
  readonly output: string;
  readonly exitCode?: number;
}
