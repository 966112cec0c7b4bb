import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { valueAt } from '../../base/json.ts';
import { fillIn, fillInText, updateStruct } from '../shared/defaults/fill-in.ts';
import { defaultJobTemplateSpec } from '../shared/job-spec/job-spec.defaults.ts';
import { jobSpecWarnings } from '../shared/job-spec/job-spec.warnings.ts';
import { podNameWarnings } from '../shared/name-warning.ts';
import { workloadRequests } from '../shared/pod-spec/workload-requests.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateCronJob } from './cronjob.validation.ts';

const SPEC_OF_JOBS = ValidationPath.of('spec', 'jobTemplate', 'spec');

/** Source: pkg/registry/batch/cronjob/strategy.go and pkg/apis/batch/v1/defaults.go, 1.36. */
export const cronJobStrategy: KindStrategy = {
  group: 'batch',
  kind: 'CronJob',
  hasStatus: true,
  hasGeneration: true,
  setDefaults,
  validate: validateCronJob,
  ...workloadRequests(['spec', 'jobTemplate', 'spec', 'template']),
  warnings: (object, old) => {
    const warnings = jobSpecWarnings(valueAt(object, 'spec', 'jobTemplate', 'spec'), SPEC_OF_JOBS);
    if (old === undefined) return [...podNameWarnings(object), ...warnings];
    return semanticEqual(valueAt(object, 'spec'), valueAt(old, 'spec')) ? [] : warnings;
  },
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  return updateStruct(object, 'spec', (spec) =>
    updateStruct(
      fillIn(fillInText(spec, { concurrencyPolicy: 'Allow' }), {
        suspend: false,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
      }),
      'jobTemplate',
      (template) => updateStruct(template, 'spec', defaultJobTemplateSpec),
    ),
  );
}
