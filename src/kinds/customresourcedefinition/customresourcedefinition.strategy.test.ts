import { describe, expect, it } from 'vitest';
import { expectRecordedAnswers } from '../shared/testing/recorded-answers.ts';
import { customResourceDefinitionStrategy as strategy } from './customresourcedefinition.strategy.ts';
import table from './testdata/answers.cases.json' with { type: 'json' };

expectRecordedAnswers(strategy, table, 84);

describe('defaults', () => {
  it('are the names, no conversion and the stored version', () => {
    expect(strategy.setDefaults(table.base)).toMatchObject({
      spec: { names: { singular: 'new', listKind: 'NewList' }, conversion: { strategy: 'None' } },
      status: { storedVersions: ['v1'] },
    });
  });

  it('leave a defaulted object as it is, and acceptable', () => {
    const defaulted = strategy.setDefaults(table.base);
    expect(strategy.setDefaults(defaulted)).toEqual(defaulted);
    expect(strategy.validate(strategy.prepareForCreate?.(defaulted) ?? defaulted)).toEqual([]);
  });
});
