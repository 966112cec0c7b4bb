import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectDefaultCases } from '../shared/testing/default-cases.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { replicationControllerStrategy } from './replicationcontroller.strategy.ts';
import defaults from './testdata/defaults.cases.json' with { type: 'json' };
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('defaults', () => {
  expectDefaultCases(defaults, 14, replicationControllerStrategy);
});

describe('validation', () => {
  expectUpstreamCases(table, 33, (object, old) => [
    ...metadataErrors(object, old),
    ...replicationControllerStrategy.validate(object, old),
    ...(old === undefined ? [] : (replicationControllerStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
