import { MILLISECOND, SECOND } from './duration.ts';

/**
 * Moments as `metav1.Time` and `metav1.MicroTime` write them. A moment is a whole number of nanoseconds since 1970 in
 * UTC; leap seconds do not exist.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/{time,micro_time}.go, 1.36, and Go's time.Parse, which they
 * use and which is more lenient than RFC 3339: the hour may have one digit, and a comma may stand for the point.
 */
export type Moment = bigint;

const DATE = '([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-9]{2}):([0-9]{2})';
const ZONE = '(?:Z|([+-])([0-9]{2}):([0-9]{2}))';
const TIME = new RegExp(`^${DATE}(?:[.,]([0-9]+))?${ZONE}$`);
const MICRO_TIME = new RegExp(`^${DATE}[.,]([0-9]{6})${ZONE}$`);

/** Reads a `metav1.Time`: `2026-05-05T05:05:05Z`; undefined when the text is none. */
export function parseTime(text: string): Moment | undefined {
  return read(TIME.exec(text));
}

/** Reads a `metav1.MicroTime`, which has exactly six digits after the point; undefined when the text is none. */
export function parseMicroTime(text: string): Moment | undefined {
  return read(MICRO_TIME.exec(text));
}

function read(match: RegExpExecArray | null): Moment | undefined {
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [fraction = '', sign, zoneHour = '0', zoneMinute = '0'] = match.slice(7);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  // Offsets of 24 hours and 60 minutes are let through, as by Go.
  if (hour > 23 || minute > 59 || second > 59 || Number(zoneHour) > 24 || Number(zoneMinute) > 60) return undefined;
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -60 : 60);
  const seconds = daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
  return BigInt(seconds) * SECOND + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
}

/** As the API server prints a `metav1.Time`: to the second, the rest cut off. */
export function formatTime(moment: Moment): string {
  return `${dateAndTime(moment)}Z`;
}

/** As the API server prints a `metav1.MicroTime`: to the microsecond, the rest cut off. */
export function formatMicroTime(moment: Moment): string {
  const micro = floorModulo(moment, SECOND) / 1000n;
  return `${dateAndTime(moment)}.${micro.toString().padStart(6, '0')}Z`;
}

function dateAndTime(moment: Moment): string {
  const seconds = Number((moment - floorModulo(moment, SECOND)) / SECOND);
  const days = Math.floor(seconds / 86_400);
  const ofDay = seconds - days * 86_400;
  const { year, month, day } = dateOf(days);
  const date = `${year < 0 ? '-' : ''}${two(Math.abs(year), 4)}-${two(month)}-${two(day)}`;
  return `${date}T${two(Math.floor(ofDay / 3600))}:${two(Math.floor(ofDay / 60) % 60)}:${two(ofDay % 60)}`;
}

function two(value: number, digits = 2): string {
  return value.toString().padStart(digits, '0');
}

/** The moment that is so many milliseconds after 1970. */
export function momentOfMs(milliseconds: number): Moment {
  return BigInt(Math.trunc(milliseconds)) * MILLISECOND;
}

/** Whole milliseconds since 1970, rounded down. */
export function msOfMoment(moment: Moment): number {
  return Number((moment - floorModulo(moment, MILLISECOND)) / MILLISECOND);
}

function floorModulo(value: bigint, divisor: bigint): bigint {
  const rest = value % divisor;
  return rest < 0n ? rest + divisor : rest;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 to a date of the Gregorian calendar; years begin in March, so that a leap day ends one. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month < 3 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

function dateOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: era * 400 + yearOfEra + (month < 3 ? 1 : 0), month, day };
}
