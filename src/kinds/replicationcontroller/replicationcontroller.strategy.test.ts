import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from '../shared/testing/upstream-cases.ts';
import { replicationControllerStrategy } from './replicationcontroller.strategy.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(table, 33, (object, old) => [
    ...metadataErrors(object, old),
    ...replicationControllerStrategy.validate(object, old),
    ...(old === undefined ? [] : (replicationControllerStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
