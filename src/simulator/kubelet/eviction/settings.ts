import { assert } from '../../../base/assert.ts';
import type { EvictionNumbers } from '../../release/numbers.ts';
import type { Threshold } from './thresholds.ts';
import { parseThresholds } from './thresholds.ts';

const KNOWN = new WeakMap<EvictionNumbers, readonly Threshold[]>();

/** The thresholds of a release, read once. */
export function thresholdsOf(numbers: EvictionNumbers): readonly Threshold[] {
  const known = KNOWN.get(numbers);
  if (known !== undefined) return known;
  const read = parseThresholds(numbers);
  assert(!('problem' in read), 'the thresholds of the release can be read');
  const thresholds = Object.freeze(read.map((one) => Object.freeze(one)));
  KNOWN.set(numbers, thresholds);
  return thresholds;
}
