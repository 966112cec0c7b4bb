import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { stringAt, valueAt } from '../../base/json.ts';
import { fillIn, fillInText, updateStruct } from '../shared/defaults/fill-in.ts';
import { defaultJobTemplateSpec } from '../shared/job-spec/job-spec.defaults.ts';
import { jobSpecWarnings } from '../shared/job-spec/job-spec.warnings.ts';
import { podNameWarnings } from '../shared/name-warning.ts';
import { workloadRequests } from '../shared/pod-spec/workload-requests.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateCronJob } from './cronjob.validation.ts';

const SPEC_OF_JOBS = ValidationPath.of('spec', 'jobTemplate', 'spec');

/** What every update of one says; the path is upstream's slip. */
const ZONED =
  'cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details';

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
    const changed = !semanticEqual(valueAt(object, 'spec'), valueAt(old, 'spec'));
    const zoned = stringAt(object, 'spec', 'schedule')?.includes('TZ') ?? false;
    return [...(changed ? warnings : []), ...(zoned ? [ZONED] : [])];
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
