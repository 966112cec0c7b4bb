/** Powers that suffixes stand for: of 10, and of 2. Source: apimachinery/pkg/api/resource/suffix.go, 1.36. */
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const NUMBER = /^([+-]?)(\d*)\.?(\d*)([eE][+-]?\d+|[A-Za-z]*)$/;
/** Digits that surely fit into 64 bits. Source: apimachinery/pkg/api/resource/math.go `maxInt64Factors`, 1.36. */
const MOST_DIGITS = 18;
const INT64_MAX = 9_223_372_036_854_775_807n;
const NANO = 9;

/**
 * A quantity as Go holds it after it was parsed: its number with a decimal scale, a big decimal where that is too small,
 * and the text where that is the one that it would be written as.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go `ParseQuantity`, 1.36.
 */
export function goQuantity(text: string): string {
  if (text === '' || text === '0') return quantity(0n, 0, text, text === '0' ? 'DecimalSI' : '');
  const [, sign = '', whole = '', denominator = '', suffix = ''] = NUMBER.exec(text) ?? [];
  const number = whole.replace(/^0+/, '') === '' ? '0' : whole.replace(/^0+/, '');
  const power = BINARY[suffix];
  const isBinary = power !== undefined;
  const isExponent = /^[eE][+-]?\d/.test(suffix);
  const format = isBinary ? 'BinarySI' : isExponent ? 'DecimalExponent' : 'DecimalSI';
  const exponent = isBinary ? power : isExponent ? Number(suffix.slice(1)) : (DECIMAL[suffix] ?? 0);
  const precision = isBinary
    ? denominator === ''
      ? 15 - number.length - Math.trunc((exponent * 3) / 10) - 1
      : -1
    : MOST_DIGITS - number.length - denominator.length;
  const scale = (isBinary ? 0 : exponent) - denominator.length;
  const digits = number + denominator;
  const value = BigInt(digits);
  const factor = isBinary ? 1n << BigInt(exponent) : 1n;
  const result = value * factor;
  if (precision >= 0 && scale >= -NANO && result <= INT64_MAX) {
    const isCanonical = isBinary
      ? exponent % 10 === 0 && (value & 7n) !== 0n
      : scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
    return quantity(sign === '-' ? -result : result, scale, isCanonical ? text : '', format);
  }
  return bigQuantity(result, scale, sign === '-', format);
}

function quantity(value: bigint, scale: number, text: string, format: string): string {
  const amount = `(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}}`;
  return `{i:${amount} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${text} Format:(resource.Format)${format}}`;
}

/** Rounded up to billionths, which are its scale then. */
function bigQuantity(value: bigint, scale: number, isNegative: boolean, format: string): string {
  const shift = scale + NANO;
  const divisor = 10n ** BigInt(Math.max(0, -shift));
  const unscaled = shift >= 0 ? value * 10n ** BigInt(shift) : (value + divisor - 1n) / divisor;
  const words: string[] = [];
  for (let rest = unscaled; rest > 0n; rest >>= 64n) words.push(String(rest & 0xffff_ffff_ffff_ffffn));
  const natural = words.length === 0 ? '<nil>' : `[${words.join(' ')}]`;
  const big = `(big.Int){neg:(bool)${isNegative} abs:(big.nat)${natural}}`;
  const amount = `(resource.int64Amount){value:(int64)0 scale:(resource.Scale)0}`;
  return `{i:${amount} d:(resource.infDecAmount){Dec:(*inf.Dec){unscaled:${big} scale:(inf.Scale)${NANO}}} s:(string) Format:(resource.Format)${format}}`;
}
