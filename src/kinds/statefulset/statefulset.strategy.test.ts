import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from '../shared/testing/upstream-cases.ts';
import { statefulSetStrategy } from './statefulset.strategy.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(table, 76, (object, old) => [
    ...metadataErrors(object, old),
    ...statefulSetStrategy.validate(object, old),
    ...(old === undefined ? [] : (statefulSetStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
