import { HOUR, MILLISECOND, MINUTE, SECOND } from '../../apimachinery/duration.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { bigOf } from '../value.ts';
import type { Implementation } from './operators.ts';
import { text } from './strings.ts';
import { zoneOffset } from './time-zones.ts';

const DURATION = 'google.protobuf.Duration';
const TIMESTAMP = 'google.protobuf.Timestamp';
const DAY = 24n * HOUR;

interface Civil {
  readonly year: bigint;
  /** From 0. */
  readonly month: bigint;
  /** From 1. */
  readonly day: bigint;
}

const floor = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;
const rest = (a: bigint, b: bigint): bigint => ((a % b) + b) % b;

/** The date of a day since 1970, in the calendar of today at all times: years begin in March, so that leap days come last. */
function civilOf(days: bigint): Civil {
  const shifted = days + 719_468n;
  const era = floor(shifted, 146_097n);
  const ofEra = shifted - era * 146_097n;
  const yearOfEra = (ofEra - ofEra / 1460n + ofEra / 36_524n - ofEra / 146_096n) / 365n;
  const ofYear = ofEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n);
  const fromMarch = (5n * ofYear + 2n) / 153n;
  const month = fromMarch < 10n ? fromMarch + 2n : fromMarch - 10n;
  return {
    year: yearOfEra + era * 400n + (month < 2n ? 1n : 0n),
    month,
    day: ofYear - (153n * fromMarch + 2n) / 5n + 1n,
  };
}

/** Days since 1970 of the first of January. */
function newYear(year: bigint): bigint {
  const before = year - 1n;
  return 365n * (year - 1970n) + floor(before, 4n) - floor(before, 100n) + floor(before, 400n) - 477n;
}

/** A moment moved to its place in the day of a zone. Source: common/stdlib/standard.go `inTimeZone` of cel-go 0.26. */
function inZone(moment: bigint, zone: Value | undefined): bigint {
  if (zone === undefined) return moment;
  const written = text(zone);
  const colon = written.indexOf(':');
  if (colon < 0) return moment + zoneOffset(written, moment);
  const hours = goInteger(written.slice(0, colon)) * HOUR;
  const minutes = goInteger(written.slice(colon + 1)) * MINUTE;
  return moment + (written.startsWith('-') ? hours - minutes : hours + minutes);
}

function goInteger(written: string): bigint {
  if (!/^[+-]?[0-9]+$/.test(written))
    throw new EvaluationError(`strconv.Atoi: parsing ${quoteString(written)}: invalid syntax`);
  return BigInt(written.replace('+', ''));
}

const dateOf =
  (use: (days: bigint) => bigint): Implementation =>
  ([value, zone]) => {
    const moment = value === undefined ? undefined : bigOf(value, TIMESTAMP);
    if (moment === undefined) throw noSuchOverload();
    return use(floor(inZone(moment, zone), DAY));
  };

/** Of a timestamp the part within the next larger unit, of a duration the whole. */
const clockOf =
  (unit: bigint, most: bigint): Implementation =>
  ([value, zone]) => {
    const span = value === undefined ? undefined : bigOf(value, DURATION);
    if (span !== undefined) return span / unit;
    const moment = value === undefined ? undefined : bigOf(value, TIMESTAMP);
    if (moment === undefined) throw noSuchOverload();
    return rest(floor(inZone(moment, zone), unit), most);
  };

/** Source: common/types/{timestamp,duration}.go of cel-go 0.26. */
export const TIMES: Readonly<Record<string, Implementation>> = {
  getFullYear: dateOf((days) => civilOf(days).year),
  getMonth: dateOf((days) => civilOf(days).month),
  getDate: dateOf((days) => civilOf(days).day),
  getDayOfMonth: dateOf((days) => civilOf(days).day - 1n),
  getDayOfWeek: dateOf((days) => rest(days + 4n, 7n)),
  getDayOfYear: dateOf((days) => days - newYear(civilOf(days).year)),
  getHours: clockOf(HOUR, 24n),
  getMinutes: clockOf(MINUTE, 60n),
  getSeconds: clockOf(SECOND, 60n),
  getMilliseconds: clockOf(MILLISECOND, 1000n),
};
