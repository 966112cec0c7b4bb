import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from '../shared/testing/upstream-cases.ts';
import { replicaSetStrategy } from './replicaset.strategy.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(table, 21, (object, old) => [
    ...metadataErrors(object, old),
    ...replicaSetStrategy.validate(object, old),
    ...(old === undefined ? [] : (replicaSetStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
