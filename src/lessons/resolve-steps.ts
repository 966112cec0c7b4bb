import type { TraceEntry } from '../simulator/kernel/trace.ts';
import type { JsonValue } from '../base/json.ts';
import { stringAt } from '../base/json.ts';
import { fitsOf, follow, pathOf } from './finder.ts';
import type { Finder } from './finder.ts';
import type { LessonStep } from './lesson.ts';
import { fillText } from './parameters.ts';

/** Names that the run gave, for what comes after. */
export type Names = Readonly<Record<string, string>>;

/** A step of a lesson and where it is in a run. */
export interface ResolvedStep {
  readonly id: string;
  readonly seq: number;
  readonly timeMs: number;
  /** The names that are known when it has happened. */
  readonly names: Names;
}

/** Where the steps of a lesson are in a run, in order; `missing` are those that the run does not have. */
export function resolveSteps(
  entries: readonly TraceEntry[],
  steps: readonly LessonStep[],
): { readonly resolved: readonly ResolvedStep[]; readonly missing: readonly string[] } {
  const resolved: ResolvedStep[] = [];
  const missing: string[] = [];
  let names: Names = {};
  for (const step of steps) {
    const last = resolved.at(-1)?.seq ?? 0;
    const stays = step.find.stays === true;
    const found = stays ? entries[last - 1] : findEntry(entries, step.find, resolved, names);
    if (found === undefined || (!stays && found.seq <= last)) {
      missing.push(step.id);
      continue;
    }
    names = { ...names, ...kept(step.keep, found) };
    resolved.push({ id: step.id, seq: found.seq, timeMs: found.timeMs, names });
  }
  return { resolved, missing };
}

/** The first entry that fits after the step that the finder names, or after the newest. */
export function findEntry(
  entries: readonly TraceEntry[],
  finder: Finder,
  resolved: readonly ResolvedStep[],
  names: Names,
): TraceEntry | undefined {
  const { after, waitMs = 0 } = finder;
  const anchor = after === undefined ? resolved.at(-1) : resolved.find(({ id }) => id === after);
  const from = anchor?.seq ?? 0;
  const earliestMs = (anchor?.timeMs ?? 0) + waitMs;
  const fits = fitsOf(withNames(finder, names));
  for (let index = from; index < entries.length; index++) {
    const entry = entries[index]!;
    if (entry.timeMs >= earliestMs && fits(entry)) return entry;
  }
  return undefined;
}

function withNames(finder: Finder, names: Names): Finder {
  const texts = ['from', 'to', 'verb', 'object'] as const;
  const filled = Object.fromEntries(
    texts.flatMap((key) => (finder[key] === undefined ? [] : [[key, fillText(finder[key], names)]])),
  );
  const where = Object.entries(finder.where ?? {}).map(([path, value]) => [
    path,
    typeof value === 'string' ? fillText(value, names) : value,
  ]);
  return { ...finder, ...filled, ...(where.length > 0 && { where: Object.fromEntries(where) }) };
}

function kept(keep: LessonStep['keep'], entry: TraceEntry): Names {
  return Object.fromEntries(Object.entries(keep).map(([name, where]) => [name, textOf(valueIn(entry, where))]));
}

function valueIn(entry: TraceEntry, where: string): JsonValue | undefined {
  if (where === 'object') return entry.object;
  if (where === 'name') return entry.object?.split('/').at(-1);
  if (where === 'node') return stringAt(entry.detail, 'node') ?? entry.to.split('/')[1] ?? entry.from.split('/')[1];
  if (where.startsWith('detail.')) return follow(entry.detail, pathOf(where.slice('detail.'.length)));
  return follow(entry.body, pathOf(where));
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
