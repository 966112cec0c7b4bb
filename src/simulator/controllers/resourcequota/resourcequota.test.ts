import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { objectAt } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { DEPLOYMENTS, PODS, RESOURCE_QUOTAS } from '../resources.ts';

beforeAll(preloadKinds);

it('a quota counts what is used, refuses what is too much, and has room again when something goes', () => {
  const cluster = Cluster.create({ seed: 1, kinds });
  cluster.runUntil(1000);
  const quota: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'q' },
    spec: { hard: { pods: '2', 'requests.cpu': '1', 'count/deployments.apps': '5' } },
  };
  cluster.request({ verb: 'create', resource: RESOURCE_QUOTAS, namespace: 'default', body: quota });
  cluster.runUntil(3000);
  const status = () =>
    objectAt(
      cluster.objects().find(({ kind }) => kind === 'ResourceQuota'),
      'status',
    );
  expect(status()).toEqual({
    hard: { pods: '2', 'requests.cpu': '1', 'count/deployments.apps': '5' },
    used: { pods: '0', 'requests.cpu': '0', 'count/deployments.apps': '0' },
  });
  const pod = (name: string): string =>
    cluster.request({
      verb: 'create',
      resource: PODS,
      namespace: 'default',
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name },
        spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '300m' } } }] },
      },
    });
  pod('a');
  cluster.runUntil(5000);
  pod('b');
  cluster.runUntil(10_000);
  expect(objectAt(status(), 'used')).toMatchObject({ pods: '2', 'requests.cpu': '600m' });
  const refused = pod('c');
  cluster.runUntil(12_000);
  expect(cluster.answerTo(refused)?.code).toBe(403);
  cluster.request({ verb: 'delete', resource: PODS, namespace: 'default', name: 'a' });
  cluster.runUntil(60_000);
  expect(objectAt(status(), 'used')).toMatchObject({ pods: '1', 'requests.cpu': '300m' });
  const selector = { matchLabels: { app: 'w' } };
  const template = { metadata: { labels: { app: 'w' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
  const body = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'w' },
    spec: { replicas: 0, selector, template },
  };
  cluster.request({ verb: 'create', resource: DEPLOYMENTS, namespace: 'default', body });
  cluster.runUntil(65_000);
  expect(objectAt(status(), 'used')).toMatchObject({ 'count/deployments.apps': '1' });
});
