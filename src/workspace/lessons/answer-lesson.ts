import type { JsonObject, JsonValue } from '../../base/json.ts';
import { asArray, isJsonObject } from '../../base/json.ts';
import { hashOf } from '../../base/hash.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { fillIn } from '../../lessons/parameters.ts';
import type { Question, Right } from '../../lessons/question.ts';
import { findEntry, resolveSteps } from '../../lessons/resolve-steps.ts';
import type { Names, ResolvedStep } from '../../lessons/resolve-steps.ts';
import type { LogEntry } from '../../simulator/story/log-entry.ts';
import type { DeedAct } from '../simulation/deed.ts';
import { valueOfExpression } from './expression.ts';
import type { Attempted, LessonRun } from './lesson-run.ts';
import { lessonVariables } from './lesson-variables.ts';
import type { LessonMoment } from './lesson-variables.ts';

/** Where the steps of a lesson are in its run, and what its captions name. */
export interface LessonSteps {
  readonly steps: readonly ToldStep[];
  /** Steps that the run does not have. */
  readonly missing: readonly string[];
  /** Expressions that have no value, and why. */
  readonly failed: readonly string[];
}

export interface ToldStep extends ResolvedStep {
  readonly values: Readonly<Record<string, JsonValue>>;
}

/** What the simulator says to a question. */
export interface LessonAnswer {
  readonly right: Right;
  /** What the sentence names that explains it. */
  readonly values: Readonly<Record<string, JsonValue>>;
  /** The step that shows it, and whether it is in the run itself or only in what was tried. */
  readonly proof: LogEntry | undefined;
  readonly isTried: boolean;
  /** What was done to try it: anybody may do it and look. */
  readonly deeds: readonly DeedAct[];
  /** The same as the lesson says it. */
  readonly acts: readonly JsonObject[];
  /** Lines of kubectl and what they print, for who has to find out from that alone. */
  readonly evidence: readonly { readonly line: string; readonly text: string }[];
  /** Objects, among which one is to be chosen; whom an arrow may be drawn from and to, where the run has others than a cluster. */
  readonly among: readonly string[];
}

export function lessonSteps(run: LessonRun, lesson: Lesson): LessonSteps {
  const { resolved, missing } = resolveSteps(run.entries, lesson.steps);
  const failed: string[] = [];
  const steps = resolved.map((step): ToldStep => {
    const { say } = lesson.steps.find(({ id }) => id === step.id)!;
    const moment = { run, seq: step.seq, steps: resolved, names: step.names, parameters: lesson.parameters };
    const values: Record<string, JsonValue> = { ...lesson.parameters, ...step.names };
    for (const [name, text] of Object.entries(say)) {
      try {
        values[name] = valueOfExpression(text, lessonVariables(moment));
      } catch (error) {
        failed.push(`${step.id}.${name}: ${String(error)}`);
      }
    }
    return { ...step, values };
  });
  return { steps, missing, failed };
}

/** The answer to a question, or why it has none. */
export function answerOrFailure(
  run: LessonRun,
  lesson: Lesson,
  question: Question,
  seed: number,
): LessonAnswer | { readonly failure: string } {
  try {
    return answerLesson(run, lesson, question, seed);
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Works out a question in the run of its lesson. Throws where it has no answer, and says why. */
export function answerLesson(run: LessonRun, lesson: Lesson, question: Question, seed: number): LessonAnswer {
  const { resolved } = resolveSteps(run.entries, lesson.steps);
  const asked = resolved.find(({ id }) => id === question.after);
  if (asked === undefined) throw new Error(`${question.id}: the run has no step ${question.after}`);
  const tried = tryOut(run, question, asked, `${seed}/${lesson.id}/${question.id}`);
  const { names } = asked;
  const { parameters } = lesson;
  const before = { run, seq: asked.seq };
  const moment: LessonMoment =
    tried === undefined
      ? { run, seq: momentOf(run, question, asked, resolved), steps: resolved, names, parameters, before }
      : { ...tried, steps: resolved, names, parameters, before };
  const variables = lessonVariables(moment);
  const value = (text: string): JsonValue => valueOfExpression(text, variables);
  const right = rightOf(question, value, { run, resolved, asked });
  const values: Record<string, JsonValue> = { ...parameters, ...names };
  for (const [name, text] of Object.entries(question.say)) values[name] = value(text);
  const { proof } = question;
  const anchor = proof?.after === undefined ? [asked] : resolved;
  const entries = moment.run.entries.slice(0, tried === undefined ? undefined : moment.seq);
  const entry = proof && findEntry(entries, proof, anchor, names);
  if (proof !== undefined && entry === undefined) throw new Error(`${question.id}: no entry proves it`);
  return {
    right,
    values,
    proof: entry && run.shown(entry),
    isTried: tried !== undefined,
    deeds: tried?.deeds ?? [],
    acts: tried?.acts ?? [],
    evidence: (question.evidence ?? []).map((line, index) => ({ line, text: tried?.printed[index] ?? '' })),
    among: question.type === 'object' ? asArray(value(question.from)).map(String) : run.parties,
  };
}

function momentOf(run: LessonRun, question: Question, asked: ResolvedStep, resolved: readonly ResolvedStep[]): number {
  if (question.moment === undefined) return asked.seq;
  if (question.moment === 'end') return run.entries.length;
  const found = resolved.find(({ id }) => id === question.moment);
  if (found === undefined) throw new Error(`${question.id}: the run has no step ${question.moment}`);
  return found.seq;
}

interface Tried extends Attempted {
  readonly acts: readonly JsonObject[];
  readonly chosen?: string;
}

/** A branch in which something is done at the step of the question, run on for a while. */
function tryOut(
  run: LessonRun,
  { whatIf, evidence = [] }: Question,
  asked: ResolvedStep,
  purpose: string,
): Tried | undefined {
  if (whatIf === undefined) return undefined;
  const { oneOf, forMs } = whatIf;
  const one = oneOf?.[(hashOf(purpose).high >>> 0) % oneOf.length];
  const acts = withNames([...whatIf.acts, ...(one?.acts ?? [])], asked.names);
  const attempted = run.tryOut(asked.seq, { acts, evidence, forMs });
  return { ...attempted, acts, ...(one !== undefined && { chosen: one.value }) };
}

/** What is done may name what the run gave: `delete pod ${pod}`. */
function withNames(acts: readonly JsonObject[], names: Names): readonly JsonObject[] {
  return asArray(fillIn([...acts], names)).filter(isJsonObject);
}

function rightOf(
  question: Question,
  value: (text: string) => JsonValue,
  { run, resolved, asked }: { run: LessonRun; resolved: readonly ResolvedStep[]; asked: ResolvedStep },
): Right {
  switch (question.type) {
    case 'choice':
      return { type: 'choice', value: value(question.answer) };
    case 'number': {
      const number = value(question.answer);
      if (typeof number !== 'number') throw new Error(`${question.id}: ${JSON.stringify(number)} is no number`);
      return { type: 'number', value: number };
    }
    case 'object': {
      const found = value(question.answer);
      return { type: 'object', names: Array.isArray(found) ? found.map(String) : [String(found)] };
    }
    case 'truth': {
      const verdict = value(question.answer);
      if (typeof verdict !== 'boolean') throw new Error(`${question.id}: no truth value`);
      return { type: 'truth', value: verdict, reason: value(question.reason) };
    }
    case 'arrow': {
      const step = resolved.find(({ id }) => id === question.step);
      const entry = step && run.entries[step.seq - 1];
      if (entry === undefined) throw new Error(`${question.id}: the run has no step ${question.step}`);
      return { type: 'arrow', from: run.partyOf(entry.from), to: run.partyOf(entry.to) };
    }
    case 'order': {
      const found = question.items.map(({ id, find }) => {
        const entry = findEntry(run.entries, find, find.after === undefined ? [asked] : resolved, asked.names);
        if (entry === undefined) throw new Error(`${question.id}: ${id} never happens`);
        return { id, seq: entry.seq };
      });
      return { type: 'order', ids: found.toSorted((a, b) => a.seq - b.seq).map(({ id }) => id) };
    }
  }
}
