import { describe } from 'vitest';
import { valueAt } from '../../base/json.ts';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectDefaultCases } from '../shared/testing/default-cases.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { validateCronJob, validateCronJobSpec } from './cronjob.validation.ts';
import { cronJobStrategy } from './cronjob.strategy.ts';
import defaults from './testdata/defaults.cases.json' with { type: 'json' };
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('defaults', () => {
  expectDefaultCases(defaults, 2, cronJobStrategy);
});

describe('validation', () => {
  expectUpstreamCases(table, 66, (object, old, { function: called }) =>
    called === 'validateCronJobSpec'
      ? validateCronJobSpec(valueAt(object, 'spec'), valueAt(old, 'spec'), {})
      : [...metadataErrors(object, old), ...validateCronJob(object, old)],
  );
});
