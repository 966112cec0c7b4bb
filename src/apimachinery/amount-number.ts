import type { Amount } from './amount.ts';
import { powerOfTen } from './amount.ts';

/**
 * The floating-point number nearest to an amount; infinite when there is none that large. A fraction is first rounded to
 * as many bits as its digits have, at least 64, as upstream does, which may cost the last bit.
 * Source: `AsFloat64Slow` in staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go, 1.36.
 */
export function amountToNumber({ value, exponent }: Amount): number {
  // Below this exponent only numbers of thousands of digits are not 0, and nothing rounds twice to be seen.
  if (value === 0n || exponent >= 0 || exponent < -1000) return Number(`${value}e${exponent}`);
  const size = value < 0n ? -value : value;
  const divisor = powerOfTen(-exponent);
  const bits = Math.max(64, bitLength(size));
  let shift = bits + bitLength(divisor) - bitLength(size);
  // The quotient has one bit too many, or just as many as wanted.
  if ((size << BigInt(shift)) / divisor >= 1n << BigInt(bits)) shift--;
  const number = scaledByTwo(Number(roundedQuotient(size << BigInt(shift), divisor)), -shift);
  return value < 0n ? -number : number;
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

/** Rounded to the nearest integer, and to the even one of two that are as near. */
function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twiceRest = (dividend % divisor) * 2n;
  const up = twiceRest > divisor || (twiceRest === divisor && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

/** Exact but for numbers too small or too large. */
function scaledByTwo(number: number, power: number): number {
  let result = number;
  for (let left = power; left < 0; left++) result /= 2;
  return result;
}
