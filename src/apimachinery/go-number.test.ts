import { expect, test } from 'vitest';
import { formatGoFloat, formatGoNumber } from './go-number.ts';

test.each([
  [0.5, '0.5'],
  [0, '0'],
  [1_000_000, '1e+06'],
  [100_000, '100000'],
  [1_234_567.5, '1.2345675e+06'],
  [123_456_789, '1.23456789e+08'],
  [1e20, '1e+20'],
  [0.0001, '0.0001'],
  [0.000012345, '1.2345e-05'],
  [-2.5e-7, '-2.5e-07'],
])('the float %d is printed as %s', (value, text) => expect(formatGoFloat(value)).toBe(text));

test.each([
  [1_000_000, '1000000'],
  [9007199254740993n, '9007199254740993'],
  [1e19, '1e+19'],
  [-1.5, '-1.5'],
])('the number %s of a manifest is printed as %s', (value, text) => expect(formatGoNumber(value)).toBe(text));
