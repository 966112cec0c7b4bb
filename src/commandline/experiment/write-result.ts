import { formatDurationMs } from '../../apimachinery/duration.ts';
import { csvOf } from '../../experiment/csv.ts';
import type { ExperimentResult } from '../../experiment/result.ts';
import type { Measure, MeasureId, TrialRow } from '../../experiment/row.ts';
import { measuresOf } from '../../experiment/row.ts';
import type { Combination, Span } from '../../experiment/summary.ts';
import { combinationsOf, leastFound, valueText, valuesText } from '../../experiment/summary.ts';
import { columnsOf } from '../../simulator/kubectl/output.ts';
import type { CommandlineIo } from '../command.ts';
import type { ResultFormat } from './arguments.ts';

/** Whether every run settled, every command was taken, and every search found something. */
export function codeOf(rows: readonly TrialRow[]): number {
  const isGood = rows.every(
    ({ settled, failedCommands, least }) => settled && failedCommands === 0 && least?.nodes !== null,
  );
  return isGood ? 0 : 1;
}

/** Writes a result: JSON on one line, so that several can be told apart in one log. */
export async function writeResult(result: ExperimentResult, format: ResultFormat, io: CommandlineIo): Promise<void> {
  if (format === 'json') return io.write(`${JSON.stringify(result)}\n`);
  if (format === 'csv') return io.write(csvOf(result));
  const measures = measuresOf(result.rows);
  await io.write(tableOf(result, measures));
  const combinations = combinationsOf(result.rows, measures);
  if (combinations.length < result.rows.length) await io.write(`\n${summaryOf(result, combinations, measures)}`);
  const unpriced = Math.max(0, ...result.rows.map(({ unpricedNodes }) => unpricedNodes));
  if (result.rows.some(({ costPerHour }) => costPerHour !== null) && unpriced > 0)
    io.say(io.messages.notPriced(unpriced));
  if (result.rows.some(({ least }) => least !== undefined)) sayLeast(result, combinations, io);
}

/** As kubectl heads its columns. */
const HEADS: Readonly<Record<MeasureId, string>> = {
  leastNodes: 'LEAST',
  settleMs: 'AFTER',
  nodes: 'NODES',
  costPerHour: 'COST/H',
  readyPods: 'READY',
  pendingPods: 'PENDING',
  failedPods: 'FAILED',
  restarts: 'RESTARTS',
  requests: 'REQUESTS',
  slow: 'SLOW',
  dropped: 'DROPPED',
  p99Ms: 'P99',
};

function tableOf({ parameters, rows }: ExperimentResult, measures: readonly Measure[]): string {
  const head = [
    ...parameters.map((name) => name.toUpperCase()),
    'SEED',
    'SETTLED',
    ...measures.map(({ id }) => HEADS[id]),
  ];
  const lines = rows.map((row) => [
    ...parameters.map((name) => valueText(row.values[name] ?? null)),
    String(row.seed),
    String(row.settled),
    ...measures.map((measure) => textOf(measure, measure.of(row))),
  ]);
  return columnsOf([head, ...lines]);
}

/** One line for each combination of values: the middle of all seeds, and in brackets from where to where they go. */
function summaryOf(
  { parameters }: ExperimentResult,
  combinations: readonly Combination[],
  measures: readonly Measure[],
): string {
  const head = [
    ...parameters.map((name) => name.toUpperCase()),
    'SEEDS',
    'SETTLED',
    ...measures.map(({ id }) => HEADS[id]),
  ];
  const lines = combinations.map(({ values, seeds, settled, spans }) => [
    ...parameters.map((name) => valueText(values[name] ?? null)),
    String(seeds),
    `${settled}/${seeds}`,
    ...measures.map((measure) => spanText(measure, spans[measure.id])),
  ]);
  return columnsOf([head, ...lines]);
}

function spanText(measure: Measure, span: Span | undefined): string {
  if (span === undefined) return '<none>';
  const middle = textOf(measure, span.median);
  if (span.least === span.most) return middle;
  return `${middle} (${textOf(measure, span.least)}..${textOf(measure, span.most)})`;
}

function textOf({ unit }: Measure, value: number | null): string {
  if (value === null) return '<none>';
  if (unit === 'duration') return formatDurationMs(Math.round(value));
  return String(value);
}

/** What the search found, in a sentence for each combination: the most that any seed needed. */
function sayLeast({ currency, rows }: ExperimentResult, combinations: readonly Combination[], io: CommandlineIo): void {
  for (const { values, nodes, perHour, perMonth, noneBecause } of leastFound(combinations, rows)) {
    const size = valuesText(values) || 'workers';
    if (noneBecause !== undefined) {
      io.say(io.messages.noneEnough(size, noneBecause));
      continue;
    }
    io.say(io.messages.leastOf(size, nodes));
    if (perMonth !== undefined)
      io.say(io.messages.leastCosts(size, `${perHour} ${currency ?? ''}`, `${perMonth} ${currency ?? ''}`));
  }
}
