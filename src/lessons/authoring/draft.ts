import { arrayAt, isJsonObject, objectAt, stringAt } from '../../base/json.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Said } from '../said.ts';

/**
 * A lesson while it is written is the object of its file, finished or not: what was opened keeps all that it says, also
 * what no form shows. Everything here gives the next object.
 */

/** A lesson about a run, with one chapter and no step yet. */
export function newLesson(run: JsonObject, title: Said, chapter: Said): JsonObject {
  return {
    apiVersion: 'drydock.dev/v1',
    kind: 'Lesson',
    metadata: { name: 'own' },
    title: { ...title },
    minutes: 10,
    level: 'responding',
    goals: [],
    run,
    chapters: [{ id: 'one', title: { ...chapter } }],
    steps: [],
    questions: [],
    faults: [],
  };
}

/** Parts of a Script that say what it is and not what happens. */
const SCRIPT_ONLY: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/**
 * The run of a lesson in place of the one that it had: what was done, with seed and design, from the Script of a kept run;
 * how the cluster is built (its options, behaviours, machines) stays as the lesson had it.
 */
export function recordedRun(script: JsonObject, before: JsonObject = {}): JsonObject {
  const own = Object.fromEntries(Object.entries(script).filter(([key]) => !SCRIPT_ONLY.has(key)));
  return { ...before, ...own, topology: { ...objectAt(before, 'topology'), ...objectAt(script, 'topology') } };
}

/** The objects of a list of a lesson, `steps`; what is none is left out. */
export function itemsOf(draft: JsonObject, list: string): readonly JsonObject[] {
  return arrayAt(draft, list).filter(isJsonObject);
}

/** An id that none of the items has: `step-4`. */
export function freshId(items: readonly JsonObject[], stem: string): string {
  const taken = new Set(items.map((item) => stringAt(item, 'id')));
  for (let number = items.length + 1; ; number++) {
    const id = `${stem}-${number}`;
    if (!taken.has(id)) return id;
  }
}

export function withItem(draft: JsonObject, list: string, index: number, item: JsonObject): JsonObject {
  return { ...draft, [list]: arrayAt(draft, list).toSpliced(index, 0, item) };
}

export function withoutItem(draft: JsonObject, list: string, index: number): JsonObject {
  return { ...draft, [list]: arrayAt(draft, list).toSpliced(index, 1) };
}

/** Without a step, and without the questions that were put after it. */
export function withoutStep(draft: JsonObject, id: string): JsonObject {
  return {
    ...draft,
    steps: itemsOf(draft, 'steps').filter((step) => stringAt(step, 'id') !== id),
    questions: itemsOf(draft, 'questions').filter((question) => stringAt(question, 'after') !== id),
  };
}

/** With other finders for some steps, by their id. */
export function withFinders(draft: JsonObject, finders: Readonly<Record<string, JsonObject | null>>): JsonObject {
  return {
    ...draft,
    steps: itemsOf(draft, 'steps').map((step) => {
      const find = finders[stringAt(step, 'id') ?? ''];
      return isJsonObject(find) ? { ...step, find } : step;
    }),
  };
}

/** One line of kubectl or a fault a line, as a lesson does them: `kubectl scale …`, `node-failure Node//w1 30s`. */
export function actsOfLines(text: string): readonly JsonObject[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line): JsonObject => {
      const command = /^kubectl\s+(.*)$/.exec(line)?.[1];
      if (command !== undefined) return { kubectl: command };
      const [fault = '', ...words] = line.split(/\s+/);
      const target = words.find((word) => word.includes('/'));
      const lasts = words.find((word) => !word.includes('/'));
      return { fault, ...(target !== undefined && { target }), ...(lasts !== undefined && { for: lasts }) };
    });
}

/** What is done, in a line that somebody can read, and `actsOfLines` reads again where it is a command or a fault. */
export function lineOfAct(act: JsonObject): string {
  const { kubectl, fault, target, request, save, interrupt, etcdctl } = act;
  if (typeof kubectl === 'string') return `kubectl ${kubectl}`;
  if (Array.isArray(kubectl))
    return (kubectl as readonly JsonValue[]).map((one) => `kubectl ${stringAt(one, 'line') ?? ''}`).join(' && ');
  if (typeof fault === 'string')
    return [fault, target, act['for']].filter((word) => typeof word === 'string').join(' ');
  if (isJsonObject(request))
    return `request ${String(request['from'] ?? '')} → ${String(request['to'] ?? '')}${request['port'] === undefined ? '' : `:${String(request['port'])}`}`;
  if (save !== undefined) return 'save';
  if (interrupt !== undefined) return 'Ctrl+C';
  if (etcdctl !== undefined) return `etcdctl ${String(etcdctl)}`;
  return `apply ${stringAt(act['apply'], 'kind') ?? ''}`;
}

/** Whether it is done with one line or one fault, which a form can show. */
export function isPlainAct(act: JsonObject): boolean {
  return typeof act['kubectl'] === 'string' || typeof act['fault'] === 'string';
}
