import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from '../shared/testing/upstream-cases.ts';
import { priorityClassStrategy } from './priorityclass.strategy.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(table, 16, (object, old) => [
    ...metadataErrors(object, old, false),
    ...priorityClassStrategy.validate(object, old),
    ...(old === undefined ? [] : (priorityClassStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
