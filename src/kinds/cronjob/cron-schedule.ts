import { readDuration } from '../../apimachinery/duration.ts';
import { parseInt64 } from '../../apimachinery/int64.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { locationProblem } from './time-zone.ts';

/**
 * Schedules of five fields, `@daily` and the like, `@every 1h30m`, as the server reads them.
 * Source: `ParseStandard` of vendor/github.com/robfig/cron/v3/parser.go, 1.36, whose words these are.
 */
interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEK_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Minute, hour, day of the month, month, day of the week. Names count from the smallest value. */
const FIELDS: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: WEEK_DAYS },
];

const DESCRIPTORS: ReadonlySet<string> = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);
const EVERY = '@every ';

/** White space as Go's `unicode.IsSpace` has it. */
const SPACES = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** Why a schedule is none, in the server's words; undefined when it is one. */
export function cronScheduleProblem(schedule: string): string | undefined {
  if (schedule === '') return 'empty spec string';
  const rest = withoutTimeZone(schedule);
  if (typeof rest !== 'string') return rest.problem;
  if (rest.startsWith('@')) return descriptorProblem(rest);
  const fields = rest.split(SPACES).filter((field) => field !== '');
  if (fields.length !== FIELDS.length) {
    return `expected exactly ${FIELDS.length} fields, found ${fields.length}: [${fields.join(' ')}]`;
  }
  for (const [index, field] of fields.entries()) {
    const problem = fieldProblem(field, FIELDS[index]!);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The schedule behind `TZ=Europe/Berlin `; the parser panics where no space follows. */
function withoutTimeZone(schedule: string): string | { readonly problem: string } {
  if (!schedule.startsWith('TZ=') && !schedule.startsWith('CRON_TZ=')) return schedule;
  const start = schedule.indexOf('=') + 1;
  const end = schedule.indexOf(' ');
  if (end < 0) return { problem: 'invalid schedule format: runtime error: slice bounds out of range [:-1]' };
  const zone = schedule.slice(start, end);
  const problem = locationProblem(zone);
  return problem === undefined ? schedule.slice(end).trim() : { problem: `provided bad location ${zone}: ${problem}` };
}

function descriptorProblem(descriptor: string): string | undefined {
  if (DESCRIPTORS.has(descriptor)) return undefined;
  if (!descriptor.startsWith(EVERY)) return `unrecognized descriptor: ${descriptor}`;
  const duration = readDuration(descriptor.slice(EVERY.length));
  return typeof duration === 'string' ? `failed to parse duration ${descriptor}: ${duration}` : undefined;
}

function fieldProblem(field: string, bounds: Bounds): string | undefined {
  for (const range of field.split(',').filter((part) => part !== '')) {
    const problem = rangeProblem(range, bounds);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** `5`, `mon-fri`, `*`, with a step: `10-50/5`. */
function rangeProblem(range: string, bounds: Bounds): string | undefined {
  const [span = '', step, ...moreSteps] = range.split('/');
  const [low = '', high, ...moreHyphens] = span.split('-');
  let [start, end]: readonly [bigint, bigint] = [BigInt(bounds.min), BigInt(bounds.max)];
  if (low !== '*' && low !== '?') {
    const first = readNumber(low, bounds.names, bounds.min);
    if (typeof first === 'string') return first;
    if (moreHyphens.length > 0) return `too many hyphens: ${range}`;
    const last = high === undefined ? first : readNumber(high, bounds.names, bounds.min);
    if (typeof last === 'string') return last;
    [start, end] = [first, last];
  }
  if (moreSteps.length > 0) return `too many slashes: ${range}`;
  const stride = step === undefined ? 1n : readNumber(step);
  if (typeof stride === 'string') return stride;
  // `5/10` means from 5 on.
  if (step !== undefined && high === undefined) end = BigInt(bounds.max);
  if (start < bounds.min) return `beginning of range (${start}) below minimum (${bounds.min}): ${range}`;
  if (end > bounds.max) return `end of range (${end}) above maximum (${bounds.max}): ${range}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${range}`;
  return stride === 0n ? `step of range should be a positive number: ${range}` : undefined;
}

function readNumber(text: string, names: readonly string[] = [], min = 0): bigint | string {
  const name = names.indexOf(text.toLowerCase());
  if (name >= 0) return BigInt(name + min);
  const number = parseInt64(text);
  if (number === undefined) {
    const reason = /^[+-]?[0-9]+$/.test(text) ? 'value out of range' : 'invalid syntax';
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${quoteString(text)}: ${reason}`;
  }
  return number < 0n ? `negative number (${number}) not allowed: ${text}` : number;
}
