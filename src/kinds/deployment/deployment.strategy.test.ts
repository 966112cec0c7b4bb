import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from '../shared/testing/upstream-cases.ts';
import { deploymentStrategy } from './deployment.strategy.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(table, 21, (object, old) => [
    ...metadataErrors(object, old),
    ...deploymentStrategy.validate(object, old),
    ...(old === undefined ? [] : (deploymentStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
