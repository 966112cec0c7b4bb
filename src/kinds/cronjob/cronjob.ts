import type { JsonObject } from '../../base/json.ts';
import { booleanAt, nameAt } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { podTemplateReferences } from '../shared/pod-spec/pod-spec.references.ts';
import { podSpecFields } from '../shared/pod-spec/pod-template.fields.ts';
import { newPodSpec } from '../shared/pod-spec/pod-template.ts';
import { podTemplateGestures, workloadSummary } from '../shared/pod-spec/workload.ts';

/** The template of the Pods of the Jobs that it makes. */
const TEMPLATE = ['spec', 'jobTemplate', 'spec', 'template'];

export const cronJob: KindDefinition = {
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  resource: 'cronjobs',
  shortNames: ['cj'],
  scope: 'Namespaced',
  category: 'workload',
  olderVersions: [
    { group: 'batch', version: 'v1beta1' },
    { group: 'batch', version: 'v2alpha1' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: newMetadata(name, namespace),
    spec: {
      schedule: '*/5 * * * *',
      jobTemplate: { spec: { template: { spec: { ...newPodSpec(name), restartPolicy: 'Never' } } } },
    },
  }),
  references: (object) => podTemplateReferences(object, TEMPLATE, namespaceOrDefault(object)),
  ...podTemplateGestures(TEMPLATE),
  summary: (object) => workloadSummary(object, TEMPLATE, scheduleSummary(object)),
  fields: [
    'spec.schedule',
    'spec.timeZone',
    'spec.concurrencyPolicy',
    'spec.suspend',
    ...podSpecFields('spec.jobTemplate.spec.template.spec'),
  ],
};

/** `0 3 * * * Europe/Berlin`, with the word `suspend` where it is. */
function scheduleSummary(object: JsonObject): Omit<Summary, 'fact'> {
  const words = [
    nameAt(object, 'spec', 'schedule'),
    nameAt(object, 'spec', 'timeZone'),
    booleanAt(object, 'spec', 'suspend') === true ? 'suspend' : undefined,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? {} : { detail: words.join(' ') };
}
