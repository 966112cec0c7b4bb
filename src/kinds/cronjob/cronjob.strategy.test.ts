import { describe } from 'vitest';
import { valueAt } from '../../base/json.ts';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from '../shared/testing/upstream-cases.ts';
import { validateCronJob, validateCronJobSpec } from './cronjob.validation.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(table, 66, (object, old, { function: called }) =>
    called === 'validateCronJobSpec'
      ? validateCronJobSpec(valueAt(object, 'spec'), valueAt(old, 'spec'), {})
      : [...metadataErrors(object, old), ...validateCronJob(object, old)],
  );
});
