import type { Design, DesignRecord } from '../design/design.ts';
import type { CommandRefusal } from '../design/commands/command.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, isJsonObject, jsonEqual, numberAt, objectAt, stringAt } from '../base/json.ts';
import { follow, pathOf } from './finder.ts';
import type { Homework, Lesson } from './lesson.ts';

/** Why a change of a design may not be made in a homework. */
export function homeworkRefusal(
  { locked, palette }: Homework,
  before: Design,
  after: Design,
): CommandRefusal | undefined {
  const [old, next] = [byIdentity(before), byIdentity(after)];
  for (const place of locked) {
    const [identity = '', field] = place.split('#');
    const was = old.get(identity);
    const is = next.get(identity);
    if (was === undefined || was === is) continue;
    const steps = pathOf(field ?? '');
    if (is === undefined || !jsonEqual(follow(was.object, steps), follow(is.object, steps)))
      return { refused: 'command.homework.locked', params: { identity: place } };
  }
  if (palette === undefined) return undefined;
  for (const [identity, { object }] of next)
    if (!old.has(identity) && !palette.includes(object.kind) && !renamed(before, after, identity))
      return { refused: 'command.homework.palette', params: { kind: object.kind } };
  return undefined;
}

function byIdentity({ records }: Design): ReadonlyMap<string, DesignRecord> {
  return new Map([...records.values()].map((record) => [record.identity, record]));
}

/** Whether it was there before under another name. */
function renamed(before: Design, after: Design, identity: string): boolean {
  const record = [...after.records.values()].find((one) => one.identity === identity);
  return record !== undefined && before.records.get(record.id)?.object.kind === record.object.kind;
}

/** What somebody hands in: a file that whoever set the homework opens. */
export interface Attempt {
  readonly student: string;
  /** The object of the lesson. */
  readonly lesson: JsonObject;
  readonly design: readonly { readonly path: string; readonly text: string }[];
  /** Points for the questions that count, as they were answered. */
  readonly questions: readonly { readonly id: string; readonly credit: number }[];
  /** What the simulator said of the checks. */
  readonly checks: readonly { readonly id: string; readonly isMet: boolean }[];
}

/** Points that were reached, and those that could be. */
export function attemptPoints(
  { homework }: Pick<Lesson, 'homework'>,
  { questions, checks }: Pick<Attempt, 'questions' | 'checks'>,
): { readonly points: number; readonly of: number } {
  const counted = new Set(homework?.questions);
  const wanted = homework?.checks ?? [];
  const answered = questions.filter(({ id }) => counted.has(id)).reduce((sum, { credit }) => sum + credit, 0);
  const met = wanted.filter(({ id }) => checks.some((check) => check.id === id && check.isMet));
  const sumOf = (list: typeof wanted): number => list.reduce((sum, { points }) => sum + points, 0);
  return { points: answered + sumOf(met), of: counted.size + sumOf(wanted) };
}

export function attemptText(attempt: Attempt): string {
  return `${JSON.stringify({ apiVersion: 'drydock.dev/v1', kind: 'Attempt', ...attempt }, undefined, 1)}\n`;
}

/** Reads the file of an attempt. Throws for a text that is none. */
export function readAttempt(text: string): Attempt {
  const value = JSON.parse(text) as JsonValue;
  const lesson = objectAt(value, 'lesson');
  if (!isJsonObject(value) || value['kind'] !== 'Attempt' || lesson === undefined)
    throw new Error('no Attempt of drydock.dev/v1');
  const listed = (name: string): readonly JsonObject[] => arrayAt(value, name).filter(isJsonObject);
  const idOf = (item: JsonObject): string => stringAt(item, 'id') ?? '';
  return {
    student: stringAt(value, 'student') ?? '',
    lesson,
    design: listed('design').map((file) => ({
      path: stringAt(file, 'path') ?? '',
      text: stringAt(file, 'text') ?? '',
    })),
    questions: listed('questions').map((item) => ({
      id: idOf(item),
      credit: Math.min(1, Math.max(0, numberAt(item, 'credit') ?? 0)),
    })),
    checks: listed('checks').map((item) => ({ id: idOf(item), isMet: item['isMet'] === true })),
  };
}
