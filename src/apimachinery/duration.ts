/**
 * Durations as Go and `metav1.Duration` write them: `1h30m0s`. A duration is a whole number of nanoseconds in 64 bits.
 * Source: the format that staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/duration.go reads and writes, 1.36.
 */
export const MICROSECOND = 1_000n;
export const MILLISECOND = 1_000_000n;
export const SECOND = 1_000_000_000n;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', MICROSECOND],
  ['µs', MICROSECOND], // U+00B5, micro sign
  ['μs', MICROSECOND], // U+03BC, Greek letter mu
  ['ms', MILLISECOND],
  ['s', SECOND],
  ['m', MINUTE],
  ['h', HOUR],
]);

/** The most a duration can hold, without its sign; only a negative one can hold it in full. */
const LIMIT = 1n << 63n;

/** Reads a duration in nanoseconds; undefined when the text is none. */
export function parseDuration(text: string): bigint | undefined {
  const read = readDuration(text);
  return typeof read === 'bigint' ? read : undefined;
}

/** Reads a duration in whole milliseconds, rounded down; undefined when the text is none. */
export function parseDurationMs(text: string): number | undefined {
  const nanoseconds = parseDuration(text);
  if (nanoseconds === undefined) return undefined;
  const milliseconds = nanoseconds / MILLISECOND;
  return Number(nanoseconds < milliseconds * MILLISECOND ? milliseconds - 1n : milliseconds);
}

/** Reads a duration in nanoseconds, or says why the text is none, in the API server's words. */
export function readDuration(text: string): bigint | string {
  const invalid = `time: invalid duration ${quote(text)}`;
  const negative = text.startsWith('-');
  let rest = /^[+-]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return 0n;
  if (rest === '') return invalid;
  let sum = 0n;
  while (rest !== '') {
    const [piece, whole, fraction, name] = /^([0-9]*)(?:\.([0-9]*))?([^.0-9]*)/.exec(rest)!;
    if (!whole && !fraction) return invalid;
    if (!fits(whole!)) return invalid;
    if (!name) return `time: missing unit in duration ${quote(text)}`;
    const unit = UNITS.get(name);
    if (unit === undefined) return `time: unknown unit ${quote(name)} in duration ${quote(text)}`;
    sum += BigInt(whole || 0) * unit + fractionOf(fraction ?? '', unit);
    if (sum > LIMIT) return invalid;
    rest = rest.slice(piece.length);
  }
  if (negative) return -sum;
  return sum === LIMIT ? invalid : sum;
}

/** Go's own quotes for durations: what is not ASCII stands as its bytes in UTF-8. */
function quote(text: string): string {
  const quoted = [...text].map((character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    if (character >= ' ' && character < '\x80') return character;
    return [...new TextEncoder().encode(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  });
  return `"${quoted.join('')}"`;
}

function fits(digits: string): boolean {
  const significant = digits.replace(/^0+/, '');
  return significant.length < 19 || (significant.length === 19 && BigInt(significant) <= LIMIT);
}

/** A fraction of a unit, cut to whole nanoseconds, computed in floating point as Go does. */
function fractionOf(digits: string, unit: bigint): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit);
    if (value > (LIMIT - 1n) / 10n || next > LIMIT) break;
    value = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}

/** As Go prints a duration: `1h30m0s`, `1.5s`, `100ms`, `0s`. */
export function formatDuration(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size === 0n) return '0s';
  if (size < MICROSECOND) return `${sign}${size}ns`;
  if (size < MILLISECOND) return `${sign}${decimal(size, MICROSECOND)}µs`;
  if (size < SECOND) return `${sign}${decimal(size, MILLISECOND)}ms`;
  const seconds = `${decimal(size % MINUTE, SECOND)}s`;
  if (size < MINUTE) return sign + seconds;
  const minutes = `${(size / MINUTE) % 60n}m`;
  return size < HOUR ? sign + minutes + seconds : `${sign}${size / HOUR}h${minutes}${seconds}`;
}

/** As Go prints a number of milliseconds. */
export function formatDurationMs(milliseconds: number): string {
  return formatDuration(BigInt(Math.trunc(milliseconds)) * MILLISECOND);
}

function decimal(value: bigint, unit: bigint): string {
  const whole = (value / unit).toString();
  const fraction = (value % unit)
    .toString()
    .padStart(unit.toString().length - 1, '0')
    .replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
