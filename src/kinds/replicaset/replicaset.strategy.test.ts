import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectDefaultCases } from '../shared/testing/default-cases.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { replicaSetStrategy } from './replicaset.strategy.ts';
import defaults from './testdata/defaults.cases.json' with { type: 'json' };
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('defaults', () => {
  expectDefaultCases(defaults, 4, replicaSetStrategy);
});

describe('validation', () => {
  expectUpstreamCases(table, 21, (object, old) => [
    ...metadataErrors(object, old),
    ...replicaSetStrategy.validate(object, old),
    ...(old === undefined ? [] : (replicaSetStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
