import { groupVersionKindOf, formatGroupKind } from '../../src/apimachinery/group-version-kind.ts';
import type { Cause } from './cases.ts';
import type { Comparison } from './compare.ts';

const per = (part: number, whole: number): string =>
  `${part}/${whole} (${whole === 0 ? '-' : ((100 * part) / whole).toFixed(1)} %)`;

function count<Item>(items: readonly Item[], test: (item: Item) => boolean): number {
  return items.filter(test).length;
}

/** The figures of a set of comparisons, one line each. */
export function figures(comparisons: readonly Comparison[]): readonly string[] {
  const told = comparisons.filter(({ accepted }) => accepted !== undefined);
  const first = told.filter(({ sameFirst }) => sameFirst !== undefined);
  const words = told.filter(({ sameWords }) => sameWords !== undefined);
  const causes = told.filter(({ sameCauses }) => sameCauses !== undefined);
  const warnings = told.filter(({ sameWarnings }) => sameWarnings !== undefined);
  const accepted = told.filter((one) => one.accepted === true);
  const stored = comparisons.filter((one) => one.stored !== undefined);
  return [
    `cases ${comparisons.length}, listed differences ${count(comparisons, (one) => one.isListed)}, no schema ${count(comparisons, (one) => one.isUnknown)}, crashes ${count(comparisons, (one) => one.crash !== undefined)}`,
    `same verdict          ${per(
      count(told, (one) => one.sameVerdict),
      told.length,
    )}`,
    `same first field+reason ${per(
      count(first, (one) => one.sameFirst === true),
      first.length,
    )}`,
    `same words            ${per(
      count(words, (one) => one.sameWords === true),
      words.length,
    )}`,
    ...(causes.length === 0
      ? []
      : [
          `all causes in order   ${per(
            count(causes, (one) => one.sameCauses === true),
            causes.length,
          )}`,
        ]),
    `false alarms          ${count(accepted, (one) => !one.sameVerdict)} of ${accepted.length} accepted`,
    `stored object equal   ${per(
      count(stored, (one) => one.stored!.length === 0),
      stored.length,
    )}`,
    ...(warnings.length === 0
      ? []
      : [
          `same warnings         ${per(
            count(warnings, (one) => one.sameWarnings === true),
            warnings.length,
          )}`,
        ]),
  ];
}

/** The kinds that are not all right, with what is not, one line each. */
export function figuresByKind(comparisons: readonly Comparison[]): readonly string[] {
  const byKind = new Map<string, Comparison[]>();
  for (const one of comparisons) {
    const kind = formatGroupKind(groupVersionKindOf(one.case.object));
    const known = byKind.get(kind);
    if (known === undefined) byKind.set(kind, [one]);
    else known.push(one);
  }
  return [...byKind]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([kind, all]) => {
      const wrong = Object.entries(WRONG)
        .map(([name, test]) => [name, count(all, test)] as const)
        .filter(([, number]) => number > 0);
      if (wrong.length === 0) return [];
      return [`${kind.padEnd(52)} of ${all.length}: ${wrong.map(([name, number]) => `${name} ${number}`).join(', ')}`];
    });
}

const WRONG: Readonly<Record<string, (one: Comparison) => boolean>> = {
  crash: (one) => one.crash !== undefined,
  verdict: (one) => !one.sameVerdict,
  first: (one) => one.sameFirst === false,
  words: (one) => one.sameWords === false,
  causes: (one) => one.sameCauses === false,
  stored: (one) => one.stored !== undefined && one.stored.length > 0,
  warnings: (one) => one.sameWarnings === false,
};

/** Everything that disagrees, grouped by kind. */
export function disagreements(comparisons: readonly Comparison[]): string {
  const byKind = new Map<string, string[]>();
  for (const one of comparisons) {
    const lines = linesOf(one);
    if (lines.length === 0) continue;
    const kind = formatGroupKind(groupVersionKindOf(one.case.object));
    byKind.set(kind, [...(byKind.get(kind) ?? []), ...lines]);
  }
  return [...byKind]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, lines]) => `## ${kind} (${lines.length})\n${lines.join('\n')}\n`)
    .join('\n');
}

function linesOf(one: Comparison): readonly string[] {
  const { answer, id, source } = one.case;
  const ours = one.verdict;
  const head = `[${source}] ${id}`;
  const [cause] = answer.causes;
  const theirs = answer.accepted
    ? 'accepted'
    : `${answer.code} ${cause === undefined ? answer.message.slice(0, 240) : `${cause.field} ${cause.reason} ${cause.message.slice(0, 240)}`}`;
  const [error] = ours?.errors ?? [];
  const we =
    ours === undefined
      ? 'crash'
      : ours.valid === true
        ? 'accepted'
        : `${ours.code} ${error === undefined ? ours.message : `${error.field} ${error.reason} ${error.message.slice(0, 240)}`}`;
  const lines: string[] = [];
  if (one.crash !== undefined) lines.push(`CRASH ${head}\n    ${one.crash.split('\n').slice(0, 4).join('\n    ')}`);
  else if (!one.sameVerdict) lines.push(`VERDICT ${head}\n    theirs: ${theirs}\n    ours:   ${we}`);
  else if (one.sameFirst === false) lines.push(`FIRST ${head}\n    theirs: ${theirs}\n    ours:   ${we}`);
  else if (one.sameWords === false) lines.push(`WORDS ${head}\n    theirs: ${theirs}\n    ours:   ${we}`);
  else if (one.sameCauses === false)
    lines.push(`CAUSES ${head}\n    theirs: ${causesIn(answer.causes)}\n    ours:   ${causesIn(ours?.errors ?? [])}`);
  if (one.sameWarnings === false)
    lines.push(
      `WARNINGS ${head}\n    theirs: ${answer.warnings?.join(' | ')}\n    ours:   ${ours?.warnings.join(' | ')}`,
    );
  if (one.stored !== undefined && one.stored.length > 0)
    lines.push(`STORED ${head}\n    ${one.stored.slice(0, 12).join('\n    ')}`);
  return lines;
}

function causesIn(causes: readonly Cause[]): string {
  return causes.map(({ field, reason, message }) => `\n      ${field} ${reason} ${message.slice(0, 240)}`).join('');
}
