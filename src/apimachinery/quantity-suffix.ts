import { parseInt64 } from './int64.ts';

/**
 * How a quantity is written: `12Mi` (BinarySI), `12M` (DecimalSI), `12e6` (DecimalExponent). A quantity that was never
 * given a format is printed as DecimalExponent.
 */
export type QuantityFormat = 'BinarySI' | 'DecimalSI' | 'DecimalExponent' | '';

/** The power that a suffix stands for: `base` to the power of `exponent`. */
export interface SuffixMeaning {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

/** Source: staging/src/k8s.io/apimachinery/pkg/api/resource/suffix.go, 1.36. */
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** What a suffix means, or undefined when there is no such suffix. */
export function readSuffix(suffix: string): SuffixMeaning | undefined {
  const decimal = DECIMAL.indexOf(suffix);
  if (decimal >= 0) return { base: 10, exponent: (decimal - 3) * 3, format: 'DecimalSI' };
  const binary = BINARY.indexOf(suffix);
  if (binary >= 0) return { base: 2, exponent: binary * 10, format: 'BinarySI' };
  if (!/^[eE]./.test(suffix)) return undefined;
  const exponent = parseInt64(suffix.slice(1));
  if (exponent === undefined) return undefined;
  // The exponent is kept in 32 bits; what does not fit wraps around, as it does upstream.
  return { base: 10, exponent: Number(BigInt.asIntN(32, exponent)), format: 'DecimalExponent' };
}

/** The suffix of a power; a power without suffix (10^21 in DecimalSI) gets none, as upstream prints it. */
export function writeSuffix(exponent: number, format: QuantityFormat): string {
  if (format === 'BinarySI') return BINARY[exponent / 10] ?? '';
  if (format === 'DecimalSI') return DECIMAL[exponent / 3 + 3] ?? '';
  return exponent === 0 ? '' : `e${exponent}`;
}
