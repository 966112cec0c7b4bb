import { describe } from 'vitest';
import { stringAt, valueAt } from '../../base/json.ts';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from '../shared/testing/upstream-cases.ts';
import { validateJobUpdate } from './job.update.ts';
import { CREATE_OPTIONS, validateJob, validateJobSpec } from './job.validation.ts';
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('validation', () => {
  expectUpstreamCases(table, 126, (job, old, row) => {
    const options = {
      ...CREATE_OPTIONS,
      requirePrefixedLabels: row.options?.['RequirePrefixedLabels'] === true,
      allowMutableSchedulingDirectives: row.options?.['AllowMutableSchedulingDirectives'] === true,
      allowMutablePodResources: row.options?.['AllowMutablePodResources'] === true,
    };
    const uid = stringAt(job, 'metadata', 'uid') ?? '';
    return [
      ...metadataErrors(job, old),
      ...(old === undefined
        ? validateJob(job, uid, options)
        : [...validateJobSpec(valueAt(job, 'spec'), options), ...validateJobUpdate(job, old, options)]),
    ];
  });
});
