import { readDuration } from '../../apimachinery/duration.ts';
import { localTimeOf, momentOf } from './local-time.ts';
import type { LocalTime } from './local-time.ts';

/** When something is due again. Milliseconds are those since 1970 in UTC. */
export interface Schedule {
  /** The first time after a moment; undefined where there is none within five years. */
  next(timeMs: number): number | undefined;
}

/** Values of a field at which it fits; `isAny` where all do, which decides how the two fields of days combine. */
export interface ScheduleField {
  readonly values: ReadonlySet<number>;
  readonly isAny: boolean;
}

export interface ScheduleFields {
  readonly minute: ScheduleField;
  readonly hour: ScheduleField;
  readonly day: ScheduleField;
  /** 1 is January. */
  readonly month: ScheduleField;
  /** 0 is Sunday. */
  readonly weekDay: ScheduleField;
}

/** A schedule that the server has accepted, taken apart. */
export interface ReadSchedule {
  /** The place whose clock counts: the one that the schedule names itself, else undefined. */
  readonly zone: string | undefined;
  /** When it is due; or that it is due again and again, whatever the clock says. */
  readonly when: ScheduleFields | { readonly everySeconds: number };
}

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEK_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const EVERY = '@every ';
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/**
 * Takes a schedule apart that the server has accepted (see cron-schedule.ts).
 * Source: github.com/robfig/cron/v3 parser.go, spec.go and constantdelay.go, as vendored in 1.36.
 */
export function readSchedule(text: string): ReadSchedule {
  const [, zone, bare = text] = /^(?:CRON_)?TZ=(\S*) +(.*)$/s.exec(text) ?? [];
  if (bare.startsWith(EVERY)) {
    const read = readDuration(bare.slice(EVERY.length));
    const seconds = typeof read === 'string' ? 1n : BigInt(read) / NANOSECONDS_PER_SECOND;
    return { zone, when: { everySeconds: Number(seconds < 1n ? 1n : seconds) } };
  }
  const [minute = '', hour = '', day = '', month = '', weekDay = ''] = (DESCRIPTORS[bare] ?? bare).trim().split(/\s+/);
  const when: ScheduleFields = {
    minute: fieldOf(minute, 0, 59),
    hour: fieldOf(hour, 0, 23),
    day: fieldOf(day, 1, 31),
    month: fieldOf(month, 1, 12, MONTHS),
    weekDay: fieldOf(weekDay, 0, 6, WEEK_DAYS),
  };
  return { zone, when };
}

/** When a schedule that the server has accepted is due; `TZ=` in it goes before `zone`. */
export function parseSchedule(text: string, zone: string): Schedule {
  const { zone: own, when } = readSchedule(text);
  if ('everySeconds' in when) {
    const everyMs = when.everySeconds * 1000;
    return { next: (timeMs) => Math.floor(timeMs / 1000) * 1000 + everyMs };
  }
  return { next: (timeMs) => nextTime(when, timeMs, own ?? zone) };
}

function fieldOf(text: string, min: number, max: number, names: readonly string[] = []): ScheduleField {
  const values = new Set<number>();
  let isAny = false;
  const read = (word: string): number => {
    const name = names.indexOf(word.toLowerCase());
    return name >= 0 ? name + min : Number(word);
  };
  for (const part of text.split(',')) {
    const [span = '', step] = part.split('/');
    const [low = '', high] = span.split('-');
    const isStar = low === '*' || low === '?';
    const stride = step === undefined ? 1 : Number(step);
    const start = isStar ? min : read(low);
    const end = isStar || (high === undefined && step !== undefined) ? max : read(high ?? low);
    isAny ||= isStar && stride === 1;
    for (let value = start; value <= end; value += stride) values.add(value);
  }
  return { values, isAny };
}

/** Both fields of days have to fit where one of them is open, else one of them. */
function fitsDay({ day, weekDay }: ScheduleFields, local: LocalTime): boolean {
  const fits = [day.values.has(local.day), weekDay.values.has(local.weekDay)];
  return day.isAny || weekDay.isAny ? fits.every(Boolean) : fits.some(Boolean);
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const MOST_YEARS = 5;

/** Source: spec.go `SpecSchedule.Next`: from the month down to the minute, each moved on until it fits. */
function nextTime(fields: ScheduleFields, timeMs: number, zone: string): number | undefined {
  let at = Math.floor(timeMs / 1000) * 1000 + 1000;
  const lastYear = localTimeOf(at, zone).year + MOST_YEARS;
  for (;;) {
    const local = localTimeOf(at, zone);
    const { year, month, day, hour, minute, second } = local;
    if (year > lastYear) return undefined;
    if (!fields.month.values.has(month)) at = momentOf([year, month + 1, 1], zone);
    else if (!fitsDay(fields, local)) at = startOfDay(year, month, day + 1, zone);
    else if (!fields.hour.values.has(hour)) at += HOUR_MS - minute * MINUTE_MS - second * 1000;
    else if (!fields.minute.values.has(minute)) at += MINUTE_MS - second * 1000;
    else if (second !== 0) at += (60 - second) * 1000;
    else return at;
  }
}

/** Midnight; where the clock skips it, the first hour that is there, and where that is of the day before, an hour on. */
function startOfDay(year: number, month: number, day: number, zone: string): number {
  const at = momentOf([year, month, day], zone);
  const { hour } = localTimeOf(at, zone);
  return hour > 12 ? at + (24 - hour) * HOUR_MS : at;
}
