import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { fillIn, updateStruct } from '../shared/defaults/fill-in.ts';
import { labelsLikeTemplate } from '../shared/defaults/labels-like-template.ts';
import { defaultJobTemplateSpec } from '../shared/job-spec/job-spec.defaults.ts';
import { jobSpecWarnings } from '../shared/job-spec/job-spec.warnings.ts';
import { podNameWarnings } from '../shared/name-warning.ts';
import { POD_TEMPLATE } from '../shared/pod-spec/pod-template.ts';
import { workloadRequests } from '../shared/pod-spec/workload-requests.ts';
import { optionalIntegerAt, pointerAt } from '../shared/validation/fields.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';
import { asStored, storedUidOf, uidOf, withGeneratedSelector } from './job.selector.ts';
import { jobUpdateOptions, validateJobUpdate } from './job.update.ts';
import { CREATE_OPTIONS, validateJob } from './job.validation.ts';
import { validateJobStatus } from './job.status.ts';

const MAX_INT32 = 2_147_483_647;

const SPEC = ValidationPath.of('spec');
const requests = workloadRequests(POD_TEMPLATE);

/** Source: pkg/registry/batch/job/strategy.go and pkg/apis/batch/v1/defaults.go, 1.36. */
export const jobStrategy: KindStrategy = {
  group: 'batch',
  kind: 'Job',
  hasStatus: true,
  validateStatus: validateJobStatus,
  hasGeneration: true,
  setDefaults,
  validate: (job, old) => {
    if (old === undefined) return validateJob(job, uidOf(job), CREATE_OPTIONS);
    const stored = asStored(old);
    return validateJob(job, storedUidOf(stored), jobUpdateOptions(stored));
  },
  validateUpdate: (job, old) => {
    const stored = asStored(old);
    return validateJobUpdate(job, stored, jobUpdateOptions(stored));
  },
  // What is stored is defaulted once more, by which a Job without labels gets those made up for its template.
  prepareForCreate: (job) => likeTemplate(withGeneratedSelector(requests.prepareForCreate(job))),
  // An update makes up no selector: who puts a manifest in the place of a Job must have taken over the old one.
  prepareForUpdate: requests.prepareForUpdate,
  warnings: (job, old) => {
    const spec = valueAt(job, 'spec');
    if (old === undefined) return [...podNameWarnings(job), ...jobSpecWarnings(spec, SPEC)];
    return semanticEqual(spec, valueAt(old, 'spec')) ? [] : jobSpecWarnings(spec, SPEC);
  },
};

function setDefaults(job: KubernetesObject): KubernetesObject {
  const filled = updateStruct(job, 'spec', (spec) => defaultJobTemplateSpec(fillIn(spec, defaultsOf(spec))));
  return likeTemplate(filled);
}

function likeTemplate(job: KubernetesObject): KubernetesObject {
  const labels = objectAt(job, 'spec', 'template', 'metadata', 'labels');
  return labels === undefined ? job : labelsLikeTemplate(job, labels);
}

function defaultsOf(spec: JsonObject): JsonObject {
  const oneByOne = ['completions', 'parallelism'].every((field) => optionalIntegerAt(spec, field) === undefined);
  return {
    ...(oneByOne ? { completions: 1 } : {}),
    parallelism: 1,
    backoffLimit: optionalIntegerAt(spec, 'backoffLimitPerIndex') === undefined ? 6 : MAX_INT32,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: pointerAt(spec, 'podFailurePolicy') === undefined ? 'TerminatingOrFailed' : 'Failed',
    manualSelector: false,
  };
}
