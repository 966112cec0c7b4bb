import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectDefaultCases } from '../shared/testing/default-cases.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { daemonSetStrategy } from './daemonset.strategy.ts';
import defaults from './testdata/defaults.cases.json' with { type: 'json' };
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('defaults', () => {
  expectDefaultCases(defaults, 4, daemonSetStrategy);
});

describe('validation', () => {
  expectUpstreamCases(table, 29, (object, old) => [
    ...metadataErrors(object, old),
    ...daemonSetStrategy.validate(object, old),
    ...(old === undefined ? [] : (daemonSetStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
