import { describe, expect, it } from 'vitest';
import { expectRecordedAnswers } from '../shared/testing/recorded-answers.ts';
import { resourceSliceStrategy as strategy } from './resourceslice.strategy.ts';
import table from './testdata/answers.cases.json' with { type: 'json' };

expectRecordedAnswers(strategy, table, 34);

describe('defaults', () => {
  it('leave a defaulted object as it is, and acceptable', () => {
    const defaulted = strategy.setDefaults(table.base);
    expect(strategy.setDefaults(defaulted)).toEqual(defaulted);
    expect(strategy.validate(strategy.prepareForCreate?.(defaulted) ?? defaulted)).toEqual([]);
  });
});
