import { quoteString } from '../apimachinery/quoted-string.ts';

/** The parts of RFC 3339 as Go's layout spells them, each with what it may be. */
const PARTS: readonly (readonly [layout: string, form: RegExp, low?: number, high?: number])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/, 1, 12],
  ['-', /^-/],
  ['02', /^\d\d/, 1, 31],
  ['T', /^T/],
  ['15', /^\d\d?/, 0, 23],
  [':', /^:/],
  ['04', /^\d\d/, 0, 59],
  [':', /^:/],
  ['05', /^\d\d/, 0, 59],
];
const NAMES: Readonly<Record<string, string>> = {
  '01': 'month',
  '02': 'day',
  '15': 'hour',
  '04': 'minute',
  '05': 'second',
};

/**
 * Go's words for a text that is no time of RFC 3339: where reading stops, and what was wanted there.
 * Source: time/format.go of Go; the layouts of metav1.Time and metav1.MicroTime.
 */
export function timeProblem(text: string, layout: 'time' | 'microTime'): string {
  const fraction = layout === 'microTime' ? '.000000' : '';
  const head = `parsing time ${quoteString(text)}`;
  const as = ` as ${quoteString(`2006-01-02T15:04:05${fraction}Z07:00`)}`;
  let rest = text;
  for (const [part, form, low, high] of PARTS) {
    const found = form.exec(rest)?.[0];
    if (found === undefined) return `${head}${as}: cannot parse ${quoteString(rest)} as ${quoteString(part)}`;
    if (low !== undefined && high !== undefined && (Number(found) < low || Number(found) > high))
      return `${head}: ${NAMES[part] ?? part} out of range`;
    rest = rest.slice(found.length);
  }
  const digits = (layout === 'microTime' ? /^\.\d{6}(?!\d)/ : /^(?:[.,]\d+)?/).exec(rest)?.[0];
  if (digits === undefined) return `${head}${as}: cannot parse ${quoteString(rest)} as ".000000"`;
  rest = rest.slice(digits.length);
  const zone = /^(?:Z|[+-]\d\d:\d\d)/.exec(rest)?.[0];
  if (zone === undefined) return `${head}${as}: cannot parse ${quoteString(rest)} as "Z07:00"`;
  rest = rest.slice(zone.length);
  return rest === '' ? `${head}: day out of range` : `${head}: extra text: ${quoteString(rest)}`;
}
