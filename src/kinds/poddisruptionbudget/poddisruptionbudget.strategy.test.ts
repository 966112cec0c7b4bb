import { describe } from 'vitest';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { podDisruptionBudgetStrategy } from './poddisruptionbudget.strategy.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(table, 17, (object) => podDisruptionBudgetStrategy.validate(object));
});
