import { describe, expect, it } from 'vitest';
import { countIndexes } from './indexes.ts';

/** Source: pkg/apis/batch/validation/validation_test.go `TestValidateIndexesString`, 1.36.2 (Apache License 2.0). */
const CASES: readonly (readonly [name: string, indexes: string, completions: number, answer: number | string])[] = [
  ['empty is valid', '', 6, 0],
  ['single number is valid', '1', 6, 1],
  ['single interval is valid', '1-3', 6, 3],
  ['mixed intervals valid', '0,1-3,5,7-10', 12, 9],
  ['invalid due to extra space', '0,1-3, 5', 6, 'cannot convert string to integer for index: " 5"'],
  ['invalid due to too large index', '0,1-3,5', 5, 'too large index: "5"'],
  ['invalid due to non-increasing order of intervals', '1-3,0,5', 6, 'non-increasing order, previous: 3, current: 0'],
  [
    'invalid due to non-increasing order between intervals',
    '0,0,5',
    6,
    'non-increasing order, previous: 0, current: 0',
  ],
  [
    'invalid due to non-increasing order within interval',
    '0,1-1,5',
    6,
    'non-increasing order, previous: 1, current: 1',
  ],
  ["invalid due to starting with '-'", '-1,0', 6, 'cannot convert string to integer for index: ""'],
  ["invalid due to ending with '-'", '0,1-', 6, 'cannot convert string to integer for index: ""'],
  [
    "invalid due to repeated '-'",
    '0,1--3',
    6,
    'the fragment "1--3" violates the requirement that an index interval can have at most two parts separated by \'-\'',
  ],
  ["invalid due to repeated ','", '0,,1,3', 6, 'cannot convert string to integer for index: ""'],
];

describe('indexes of an Indexed Job', () => {
  it('has all cases of upstream', () => {
    expect(CASES.length).toBe(13);
  });

  it.each(CASES)('%s', (_name, indexes, completions, answer) => {
    expect(countIndexes(indexes, completions)).toEqual(typeof answer === 'number' ? answer : { error: answer });
  });
});
