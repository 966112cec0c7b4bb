import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { jobSet } from './jobset.ts';

const job = (name: string, replicas: number, parallelism: number) => ({
  name,
  replicas,
  template: {
    spec: {
      parallelism,
      template: {
        spec: { restartPolicy: 'Never', containers: [{ name, image: `train:${name}` }], priorityClassName: name },
      },
    },
  },
});
const sample = {
  apiVersion: 'jobset.x-k8s.io/v1alpha2',
  kind: 'JobSet',
  metadata: { name: 'train', namespace: 'ai' },
  spec: { replicatedJobs: [job('driver', 1, 1), job('workers', 2, 4)] },
};
const NAME = 'jobset.sigs.k8s.io/jobset-name';
const SPEC = 'template.spec.template.spec';

test('says what it is', () => expectIdentity(jobSet));

test('points at what each template names, and at what bears its name', () =>
  expect(referenceLines(jobSet.references(sample))).toEqual([
    `workloadSelector metadata.name -> Job.batch ${NAME} in (train) in ai`,
    `workloadSelector metadata.name -> pods ${NAME} in (train) in ai`,
    `image spec.replicatedJobs[0].${SPEC}.containers[0].image -> image train:driver`,
    `priorityClass spec.replicatedJobs[0].${SPEC}.priorityClassName -> PriorityClass.scheduling.k8s.io//driver`,
    `image spec.replicatedJobs[1].${SPEC}.containers[0].image -> image train:workers`,
    `priorityClass spec.replicatedJobs[1].${SPEC}.priorityClassName -> PriorityClass.scheduling.k8s.io//workers`,
  ]));

test('makes Jobs and the Service of their names', () =>
  expect(jobSet.makes?.(sample).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'Service train',
    'Job train-driver-0',
    'Job train-workers-0',
    'Job train-workers-1',
  ]));

test('shows the first image and all Pods', () =>
  expect(jobSet.summary?.(sample)).toEqual({ fact: 'train:driver', pods: 9 }));

test('references of every template can be taken away', () => expectDisconnects(jobSet, sample));

test('a typing error in replicas makes no million Jobs', () => {
  const many = { ...sample, spec: { replicatedJobs: [job('workers', 1e9, 1)] } };
  expect(jobSet.makes?.(many)).toHaveLength(1001);
});

test('reads anything', () => expectTotal(jobSet, [sample]));
