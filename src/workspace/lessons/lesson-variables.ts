import type { JsonValue } from '../../base/json.ts';
import type { ResolvedStep } from '../../lessons/resolve-steps.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import type { LessonVariables } from './expression.ts';
import type { LessonRun } from './lesson-run.ts';

/** A moment of a run, and what a lesson knows of it beside. */
export interface LessonMoment {
  readonly run: LessonRun;
  readonly seq: number;
  readonly steps: readonly ResolvedStep[];
  readonly names: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, number | string>>;
  /** Which of several things was done. */
  readonly chosen?: string;
  /** Lines of kubectl and what they printed. */
  readonly printed?: readonly string[];
  /** The moment at which a question was put, where that is another. */
  readonly before?: { readonly run: LessonRun; readonly seq: number };
}

/**
 * What the run itself says at the moment, and `before` the same when the question was put; `names` those that were kept up
 * to the step, `found` all that the run gave; `trace` every step so far; `steps` the seq and time of the lesson's steps.
 */
export function lessonVariables(moment: LessonMoment): LessonVariables {
  const { run, seq, steps, names, parameters, before = moment } = moment;
  return {
    ...run.stateAt(seq),
    before: () =>
      Object.fromEntries(Object.entries(before.run.stateAt(before.seq)).map(([name, make]) => [name, make()])),
    trace: () => run.entries.slice(0, seq).map(traceValue),
    now: () => ({ seq, ms: run.entries[seq - 1]?.timeMs ?? 0 }),
    steps: () => Object.fromEntries(steps.map((step) => [step.id, { seq: step.seq, ms: step.timeMs }])),
    names: () => names,
    found: () => steps.at(-1)?.names ?? {},
    parameters: () => parameters,
    chosen: () => moment.chosen ?? '',
    printed: () => moment.printed ?? [],
  };
}

function traceValue({ seq, timeMs, from, to, class: kind, verb, object, cause }: TraceEntry): JsonValue {
  return { seq, ms: timeMs, from, to, class: kind, verb, object: object ?? '', cause };
}
