import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { runtimeClassStrategy } from './runtimeclass.strategy.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(table, 15, (object, old) => [
    ...metadataErrors(object, old, false),
    ...runtimeClassStrategy.validate(object, old),
    ...(old === undefined ? [] : (runtimeClassStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
