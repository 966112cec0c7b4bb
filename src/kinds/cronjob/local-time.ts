/** A moment by the clock of a place. Milliseconds are those since 1970 in UTC. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekDay: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY_MS = 86_400_000;

/** The offset of a time zone from UTC at a moment, in milliseconds; of UTC and places unknown 0. */
export function offsetMs(timeMs: number, zone: string): number {
  if (zone === 'UTC' || zone === '') return 0;
  const parts = new Map(
    formatOf(zone)
      .formatToParts(timeMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const at = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local =
    daysOf(at('year'), at('month'), at('day')) * DAY_MS +
    at('hour') * 3_600_000 +
    at('minute') * 60_000 +
    at('second') * 1000;
  return local - Math.floor(timeMs / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

export function localTimeOf(timeMs: number, zone: string): LocalTime {
  const local = timeMs + offsetMs(timeMs, zone);
  const days = Math.floor(local / DAY_MS);
  const seconds = Math.floor((local - days * DAY_MS) / 1000);
  const weekDay = (((days + 4) % 7) + 7) % 7;
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return { ...civilOf(days), weekDay, hour, minute, second: seconds % 60 };
}

/**
 * The moment at which the clock of a place shows a time; one that it skips is moved on, of one that it shows twice the first
 * is taken. Months and days may be beyond their range. Source: Go time.Date.
 */
export function momentOf(
  [year, month, day, hour = 0, minute = 0]: readonly [number, number, number, number?, number?],
  zone: string,
): number {
  const [years, months] = [year + Math.floor((month - 1) / 12), ((((month - 1) % 12) + 12) % 12) + 1];
  const wanted = (daysOf(years, months, 1) + day - 1) * DAY_MS + hour * 3_600_000 + minute * 60_000;
  const before = offsetMs(wanted - DAY_MS, zone);
  const first = wanted - before;
  const offset = offsetMs(first, zone);
  if (offset === before) return first;
  const second = wanted - offset;
  return offsetMs(second, zone) === offset ? second : first;
}

/** Days since 1970-01-01 of the Gregorian calendar. */
function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function civilOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex + (monthIndex < 10 ? 3 : -9);
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
