import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectDefaultCases } from '../shared/testing/default-cases.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { deploymentStrategy } from './deployment.strategy.ts';
import defaults from './testdata/defaults.cases.json' with { type: 'json' };
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('defaults', () => {
  expectDefaultCases(defaults, 6, deploymentStrategy);
});

describe('validation', () => {
  expectUpstreamCases(table, 21, (object, old) => [
    ...metadataErrors(object, old),
    ...deploymentStrategy.validate(object, old),
    ...(old === undefined ? [] : (deploymentStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
