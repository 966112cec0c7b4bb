import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { leaderWorkerSet } from './leaderworkerset.ts';

const template = (image: string, configMap: string) => ({
  metadata: { labels: { app: 'llm' } },
  spec: { containers: [{ name: 'main', image, envFrom: [{ configMapRef: { name: configMap } }] }] },
});
const sample = {
  apiVersion: 'leaderworkerset.x-k8s.io/v1',
  kind: 'LeaderWorkerSet',
  metadata: { name: 'llm', namespace: 'ai' },
  spec: {
    replicas: 2,
    leaderWorkerTemplate: {
      size: 4,
      leaderTemplate: template('vllm:leader', 'lead'),
      workerTemplate: template('vllm:worker', 'work'),
    },
  },
};
const NAME = 'leaderworkerset.sigs.k8s.io/name';

test('says what it is', () => expectIdentity(leaderWorkerSet));

test('points at what both templates name, and at what bears its name', () =>
  expect(referenceLines(leaderWorkerSet.references(sample))).toEqual([
    `workloadSelector metadata.name -> StatefulSet.apps ${NAME} in (llm) in ai`,
    `workloadSelector metadata.name -> pods ${NAME} in (llm) in ai`,
    'image spec.leaderWorkerTemplate.leaderTemplate.spec.containers[0].image -> image vllm:leader',
    'envFrom spec.leaderWorkerTemplate.leaderTemplate.spec.containers[0].envFrom[0].configMapRef.name -> ConfigMap/ai/lead',
    'image spec.leaderWorkerTemplate.workerTemplate.spec.containers[0].image -> image vllm:worker',
    'envFrom spec.leaderWorkerTemplate.workerTemplate.spec.containers[0].envFrom[0].configMapRef.name -> ConfigMap/ai/work',
  ]));

test('its Pods bear the labels of the template and its name', () =>
  expect([...leaderWorkerSet.podTemplate!(sample)!.labels]).toEqual([
    ['app', 'llm'],
    [NAME, 'llm'],
  ]));

test('shows the image and every Pod of every group', () =>
  expect(leaderWorkerSet.summary?.(sample)).toEqual({ fact: 'vllm:worker', pods: 8 }));

test('makes a StatefulSet and a Service', () =>
  expect(leaderWorkerSet.makes?.(sample).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'StatefulSet llm',
    'Service llm',
  ]));

test('references of both templates can be taken away', () => expectDisconnects(leaderWorkerSet, sample));

test('reads anything', () => expectTotal(leaderWorkerSet, [sample]));
