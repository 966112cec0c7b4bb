import type { JsonObject, JsonValue } from '../../base/json.ts';
import { asArray, isJsonObject } from '../../base/json.ts';
import { hashOf } from '../../base/hash.ts';
import { componentKind } from '../../lessons/component-name.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { fillIn } from '../../lessons/parameters.ts';
import type { Question, Right } from '../../lessons/question.ts';
import { findEntry, resolveSteps } from '../../lessons/resolve-steps.ts';
import type { Names, ResolvedStep } from '../../lessons/resolve-steps.ts';
import { PINNED_RELEASE } from '../../openapi/resource.ts';
import type { ManifestFiles } from '../../simulator/kubectl/command.ts';
import type { LogEntry } from '../../simulator/story/log-entry.ts';
import { logOf } from '../../simulator/story/log-entry.ts';
import { readScript } from '../../simulator/script/script.ts';
import type { DeedAct } from '../simulation/deed.ts';
import { deedsOf } from '../simulation/keep/deeds-of-script.ts';
import type { Run } from '../simulation/run.ts';
import { valueOfExpression } from './expression.ts';
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
  /** Lines of kubectl and what they print, for who has to find out from that alone. */
  readonly evidence: readonly { readonly line: string; readonly text: string }[];
  /** Objects, among which one is to be chosen. */
  readonly among: readonly string[];
}

export function lessonSteps(run: Run, lesson: Lesson): LessonSteps {
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

/** Works out a question in the run of its lesson. Throws where it has no answer, and says why. */
export function answerLesson(
  run: Run,
  lesson: Lesson,
  question: Question,
  files: ManifestFiles,
  seed: number,
): LessonAnswer {
  const { resolved } = resolveSteps(run.entries, lesson.steps);
  const asked = resolved.find(({ id }) => id === question.after);
  if (asked === undefined) throw new Error(`${question.id}: the run has no step ${question.after}`);
  const tried = tryOut(run, question, asked, files, `${seed}/${lesson.id}/${question.id}`);
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
    proof: entry && logOf([entry], new Set())[0]!,
    isTried: tried !== undefined,
    deeds: tried?.deeds ?? [],
    evidence: (question.evidence ?? []).map((line, index) => ({ line, text: tried?.printed[index] ?? '' })),
    among: question.type === 'object' ? asArray(value(question.from)).map(String) : [],
  };
}

function momentOf(run: Run, question: Question, asked: ResolvedStep, resolved: readonly ResolvedStep[]): number {
  if (question.moment === undefined) return asked.seq;
  if (question.moment === 'end') return run.entries.length;
  const found = resolved.find(({ id }) => id === question.moment);
  if (found === undefined) throw new Error(`${question.id}: the run has no step ${question.moment}`);
  return found.seq;
}

interface Tried {
  readonly run: Run;
  readonly seq: number;
  readonly deeds: readonly DeedAct[];
  readonly chosen?: string;
  readonly printed: readonly string[];
}

/** A branch in which something is done at the step of the question, run on for a while. */
function tryOut(
  run: Run,
  { whatIf, evidence = [] }: Question,
  asked: ResolvedStep,
  files: ManifestFiles,
  purpose: string,
): Tried | undefined {
  if (whatIf === undefined) return undefined;
  const { oneOf } = whatIf;
  const one = oneOf?.[(hashOf(purpose).high >>> 0) % oneOf.length];
  const branch = run.fork(asked.seq);
  const nowMs = branch.timeMs;
  const endsAtMs = nowMs + whatIf.forMs;
  const acts = deedsOfActs(withNames([...whatIf.acts, ...(one?.acts ?? [])], asked.names));
  const looks = evidence.map((line) => ({ type: 'kubectl' as const, line }));
  const deeds = [
    ...acts.map((deed) => ({ ...deed, atMs: nowMs + 1 })),
    // Who looks with kubectl does so when it has come to what it comes to.
    ...looks.map((deed) => ({ ...deed, atMs: endsAtMs - LOOKED_MS })),
  ];
  branch.plan({ deeds, files, timesFrom: 'start', endsAtMs });
  branch.goOn(() => false);
  const printed = branch.printed.slice(-evidence.length).map(({ stdout, stderr }) => stdout + stderr);
  return {
    run: branch,
    seq: branch.entries.length,
    deeds: acts,
    printed: evidence.length === 0 ? [] : printed,
    ...(one !== undefined && { chosen: one.value }),
  };
}

/** How long a line of kubectl may take that only looks. */
const LOOKED_MS = 2000;

/** What is done may name what the run gave: `delete pod ${pod}`. */
function withNames(acts: readonly JsonObject[], names: Names): readonly JsonObject[] {
  return asArray(fillIn([...acts], names)).filter(isJsonObject);
}

/** Acts of a lesson as what is done to a run. Throws, with the field, where one cannot be done. */
export function deedsOfActs(acts: readonly JsonObject[]): readonly DeedAct[] {
  const steps = acts.map((act) => ({ at: '0s', ...act }));
  const { script, problems } = readScript(
    { apiVersion: 'drydock.dev/v1', kind: 'Script', steps },
    `1.${PINNED_RELEASE}`,
  );
  const [first] = problems;
  if (first !== undefined) throw new Error(`${first.field}: ${first.id}`);
  return deedsOf(script.steps);
}

function rightOf(
  question: Question,
  value: (text: string) => JsonValue,
  { run, resolved, asked }: { run: Run; resolved: readonly ResolvedStep[]; asked: ResolvedStep },
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
      return { type: 'arrow', from: componentKind(entry.from), to: componentKind(entry.to) };
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
