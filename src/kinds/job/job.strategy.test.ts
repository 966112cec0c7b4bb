import { describe } from 'vitest';
import { stringAt, valueAt } from '../../base/json.ts';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectDefaultCases } from '../shared/testing/default-cases.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { validateJobUpdate } from './job.update.ts';
import { CREATE_OPTIONS, validateJob, validateJobSpec } from './job.validation.ts';
import { jobStrategy } from './job.strategy.ts';
import defaults from './testdata/defaults.cases.json' with { type: 'json' };
import table from './testdata/validation.cases.json' with { type: 'json' };

const GATE_OFF = 'with the gate JobPodReplacementPolicy off, which is locked on in 1.36';
const WITHOUT_REPLACEMENT_POLICY: Readonly<Record<string, string>> = {
  'TestSetDefaultJob/All_unspecified,_suspend_job_enabled_->_sets_all_to_default_values': GATE_OFF,
  'TestSetDefaultJob/All_unspecified_->_all_pointers_are_defaulted_and_no_default_labels': GATE_OFF,
  'TestSetDefaultJob/WQ:_Parallelism_explicitly_0_and_completions_unset_->_BackoffLimit_is_defaulted': GATE_OFF,
  'TestSetDefaultJob/WQ:_Parallelism_explicitly_2_and_completions_unset_->_BackoffLimit_is_defaulted': GATE_OFF,
  'TestSetDefaultJob/suspend_set,_everything_else_is_defaulted': GATE_OFF,
  'TestSetDefaultJob/Completions_explicitly_2_and_others_unset_->_parallelism_and_BackoffLimit_are_defaulted': GATE_OFF,
  'TestSetDefaultJob/BackoffLimitPerIndex_specified,_but_no_BackoffLimit_->_default_BackoffLimit_to_max_int32':
    GATE_OFF,
  'TestSetDefaultJob/Pod_failure_policy_with_some_field_values_unspecified_->_set_default_values': GATE_OFF,
  'TestSetDefaultJob/All_unspecified_->_sets_all_to_default_values': GATE_OFF,
  'TestSetDefaultJob/BackoffLimit_explicitly_5_and_others_unset_->_parallelism_and_completions_are_defaulted': GATE_OFF,
  'TestSetDefaultJob/BackoffLimitPerIndex_and_BackoffLimit_specified_->_no_change': GATE_OFF,
};

describe('defaults', () => {
  expectDefaultCases(defaults, 15, jobStrategy, WITHOUT_REPLACEMENT_POLICY);
});

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
