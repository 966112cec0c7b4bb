/**
 * What a plain YAML scalar means to kubectl.
 *
 * kubectl reads YAML 1.1 through sigs.k8s.io/yaml (a fork of go-yaml v2) and turns the result into JSON, so `yes` is true,
 * `0644` is 420, `12:30` and `2001-12-14` are strings, and an integer outside int64 becomes a float.
 * Source: vendor/go.yaml.in/yaml/v2/resolve.go and vendor/sigs.k8s.io/yaml/yaml.go, 1.36.
 */
import type { JsonValue } from '../base/json.ts';

/** Why a scalar has no value for kubectl, in words that go into `params.message`. */
export class ScalarError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);
const LONGEST_WORD = 5;

const NOT_JSON = /^(?:\.(?:nan|NaN|NAN)|[-+]?\.(?:inf|Inf|INF))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go's own float grammar lets underscores stand between digits; go-yaml uses it for scalars that begin with a dot. */
const DOT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

/** The value of a plain (unquoted, untagged) scalar. */
export function resolvePlain(text: string): JsonValue | ScalarError {
  if (!mayBeOther(text)) return text;
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  const first = text.charCodeAt(0);
  if (first === 0x2e /* . */ || first === 0x2b /* + */ || first === 0x2d /* - */) {
    if (NOT_JSON.test(text)) return new ScalarError(`${text} has no value in JSON`);
  }
  if (first === 0x2e) return DOT_FLOAT.test(text) ? finite(text.replaceAll('_', ''), text) : text;
  if (first === 0x2b || first === 0x2d || (first >= 0x30 && first <= 0x39)) return resolveNumber(text);
  return text;
}

/** Whether the first character lets a scalar be anything but a string: false for nearly every string of a manifest. */
function mayBeOther(text: string): boolean {
  if (text === '') return true;
  const first = text.charCodeAt(0);
  return first < 128 && HINTS[first] === 1;
}
const HINTS = new Uint8Array(128);
for (const character of '+-0123456789yYnNtTfFoO~.') HINTS[character.charCodeAt(0)] = 1;

function resolveNumber(text: string): JsonValue {
  const small = smallDecimal(text);
  if (small !== undefined) return small;
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const integer = parseInteger(plain);
  if (integer !== undefined) return fromBigInt(integer);
  if (FLOAT.test(plain)) return finite(plain, text);
  return text;
}

/** The common case, made cheap: up to 15 decimal digits without a leading zero. */
function smallDecimal(text: string): number | undefined {
  if (text.length > 15 || (text.length > 1 && text.charCodeAt(0) === 0x30)) return undefined;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** Go's strconv.ParseInt and ParseUint with base 0, and go-yaml's own reading of a sign after `0b`. */
function parseInteger(plain: string): bigint | undefined {
  const match = INTEGER.exec(plain);
  if (!match) return signedBinary(plain);
  const [, sign, digits = ''] = match;
  const magnitude = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = sign === '-' ? -magnitude : magnitude;
  // ParseUint, which takes what int64 cannot hold, knows no sign.
  return value >= INT64_MIN && value <= (sign === '' ? UINT64_MAX : INT64_MAX) ? value : undefined;
}

function signedBinary(plain: string): bigint | undefined {
  const match = /^0b([-+])([01]{1,63})$/.exec(plain);
  return match ? BigInt(`0b${match[2]}`) * (match[1] === '-' ? -1n : 1n) : undefined;
}

/** int64 stays exact; what is larger is a float once it has gone through JSON, as kubectl shows it. */
export function fromBigInt(value: bigint): number | bigint {
  if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  return value >= INT64_MIN && value <= INT64_MAX ? value : Number(value);
}

function finite(digits: string, otherwise: string): JsonValue {
  const value = Number(digits);
  if (!Number.isFinite(value)) return otherwise;
  // Adding zero turns -0 into 0: kubectl's JSON has no negative zero.
  return Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER ? largeFloat(value) : value + 0;
}

/** A whole float inside int64 is written without exponent below 1e21 and so read back as an exact integer. */
function largeFloat(value: number): number | bigint {
  // Go and JavaScript both write the shortest digits that read back the same, padded with zeros.
  return Math.abs(value) < 1e21 ? fromBigInt(BigInt(String(value))) : value;
}

const TAG = 'tag:yaml.org,2002:';

/** The value of a scalar that carries a tag, in long form (`tag:yaml.org,2002:int`). */
export function resolveTagged(tag: string, text: string): JsonValue | ScalarError {
  switch (tag) {
    case `${TAG}str`:
    case '!':
      return text;
    case `${TAG}binary`:
      return decodeBase64(text);
    case `${TAG}int`:
    case `${TAG}float`:
    case `${TAG}bool`:
    case `${TAG}null`:
    case `${TAG}timestamp`:
      return checkTag(tag.slice(TAG.length), text);
    default:
      // A tag nobody knows makes a string of what follows it.
      return text;
  }
}

function checkTag(tag: string, text: string): JsonValue | ScalarError {
  const value = resolvePlain(text);
  if (value instanceof ScalarError) return value;
  const fits =
    (tag === 'bool' && typeof value === 'boolean') ||
    (tag === 'null' && value === null) ||
    (tag === 'int' && isIntegerText(text, value)) ||
    (tag === 'float' && (typeof value === 'number' || typeof value === 'bigint')) ||
    (tag === 'timestamp' && typeof value === 'string' && /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}/.test(text));
  return fits ? value : new ScalarError(`cannot decode \`${text}\` as !!${tag}`);
}

function isIntegerText(text: string, value: JsonValue): boolean {
  return (
    (typeof value === 'number' || typeof value === 'bigint') && parseInteger(text.replaceAll('_', '')) !== undefined
  );
}

/** go-yaml decodes !!binary to text; bytes that are no UTF-8 become U+FFFD in JSON. */
function decodeBase64(text: string): string | ScalarError {
  const compact = text.replaceAll(/[\r\n]/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0) {
    return new ScalarError('!!binary value contains invalid base64 data');
  }
  const bytes = Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/**
 * The map key that kubectl makes of a scalar: JSON has only string keys, so `on` becomes "true" and `1.5` "1.5".
 * A null key, and an integer beyond int64, are refused.
 */
export function keyOf(value: JsonValue, text: string): string | ScalarError {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'number') return new ScalarError('a map key may not be null, a list or a map');
  const integer = parseInteger(text.replaceAll('_', ''));
  if (integer === undefined) return formatFloat32(value);
  return integer > INT64_MAX
    ? new ScalarError(`a map key may not be an integer beyond int64: ${text}`)
    : String(integer);
}

/** Go's strconv.FormatFloat(value, 'g', -1, 32), which sigs.k8s.io/yaml uses for float keys. */
function formatFloat32(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  if (single === 0) return '0';
  let precision = 1;
  while (precision < 9 && Math.fround(Number(single.toPrecision(precision))) !== single) precision++;
  const [mantissa = '', exponentText = '0'] = single.toExponential(precision - 1).split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(Number(single.toPrecision(precision)));
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
