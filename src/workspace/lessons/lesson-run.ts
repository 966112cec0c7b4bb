import type { JsonObject } from '../../base/json.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import type { LogEntry } from '../../simulator/story/log-entry.ts';
import type { DeedAct } from '../simulation/deed.ts';
import type { LessonVariables } from './expression.ts';

/** A run that a lesson is told from: that of a simulated cluster, or of a small model. */
export interface LessonRun {
  readonly entries: readonly TraceEntry[];
  /** What expressions may speak of, as it stood when a step had happened. */
  stateAt(seq: number): LessonVariables;
  /** An entry as the page shows it. */
  shown(entry: TraceEntry): LogEntry;
  /** What somebody points at who draws an arrow from or to who is called so in the trace. */
  partyOf(id: string): string;
  /** At whom arrows can point; empty where those of the simulator are meant. */
  readonly parties: readonly string[];
  /** Does something at a step in a branch of its own, and lets it go on. Throws where it cannot be done. */
  tryOut(seq: number, attempt: Attempt): Attempted;
}

export interface Attempt {
  /** Steps of a Script, or acts of the model, without their time. */
  readonly acts: readonly JsonObject[];
  /** Lines of kubectl that look at what it has come to. */
  readonly evidence: readonly string[];
  /** How long it goes on, in milliseconds of the run. */
  readonly forMs: number;
}

export interface Attempted {
  readonly run: LessonRun;
  /** The newest step of the branch. */
  readonly seq: number;
  /** What was done, where it can be done on the page as well. */
  readonly deeds: readonly DeedAct[];
  /** What the lines that look printed. */
  readonly printed: readonly string[];
}
