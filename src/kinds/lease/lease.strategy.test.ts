import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { leaseStrategy } from './lease.strategy.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(table, 7, (object, old, row) => [
    ...(row.function === 'ValidateLeaseSpec' ? [] : metadataErrors(object, old)),
    ...leaseStrategy.validate(object, old),
    ...(old === undefined ? [] : (leaseStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
