import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectDefaultCases } from '../shared/testing/default-cases.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { priorityClassStrategy } from './priorityclass.strategy.ts';
import defaults from './testdata/defaults.cases.json' with { type: 'json' };
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('defaults', () => {
  expectDefaultCases(defaults, 1, priorityClassStrategy);
});

describe('validation', () => {
  expectUpstreamCases(table, 16, (object, old) => [
    ...metadataErrors(object, old, false),
    ...priorityClassStrategy.validate(object, old),
    ...(old === undefined ? [] : (priorityClassStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
