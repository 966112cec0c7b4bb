import type { ExperimentResult } from './result.ts';
import { MEASURES } from './row.ts';
import { valueText } from './summary.ts';

/** Fields that would be read as formulas by spreadsheets are quoted as text by a leading apostrophe. */
const FORMULA = /^[=+\-@\t\r]/;
const PLAIN = /^-?\d+(?:\.\d+)?$/;

/** A result as CSV (RFC 4180): a line for each trial, durations in milliseconds. */
export function csvOf({ parameters, rows }: ExperimentResult): string {
  const head = ['index', ...parameters, 'seed', 'settled', ...MEASURES.map(({ id }) => id), 'traceHash'];
  const lines = rows.map((row) => [
    String(row.index),
    ...parameters.map((name) => valueText(row.values[name] ?? null)),
    String(row.seed),
    String(row.settled),
    ...MEASURES.map(({ of }) => String(of(row) ?? '')),
    row.traceHash,
  ]);
  return [head, ...lines].map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(text: string): string {
  const safe = FORMULA.test(text) && !PLAIN.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
