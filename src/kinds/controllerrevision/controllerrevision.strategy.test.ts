import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { controllerRevisionStrategy } from './controllerrevision.strategy.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(
    table,
    18,
    (object, old) => [
      ...metadataErrors(object, old),
      ...controllerRevisionStrategy.validate(object, old),
      ...(old === undefined ? [] : (controllerRevisionStrategy.validateUpdate?.(object, old) ?? [])),
    ],
    {
      'TestValidateControllerRevisionUpdate/changed data (ValidateControllerRevisionUpdate)':
        'its data has nulls, which a merge patch cannot hold; told in another test',
    },
  );
});
