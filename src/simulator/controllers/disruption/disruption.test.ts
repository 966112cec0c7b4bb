import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { DEPLOYMENTS, DISRUPTION_BUDGETS, PODS } from '../resources.ts';

beforeAll(preloadKinds);

function guarded(spec: JsonObject, replicas = 3): Cluster {
  const cluster = Cluster.create({ seed: 1, kinds });
  cluster.runUntil(1000);
  const selector = { matchLabels: { app: 'web' } };
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
  cluster.request({
    verb: 'create',
    resource: DEPLOYMENTS,
    namespace: 'default',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas, selector, template },
    },
  });
  cluster.request({
    verb: 'create',
    resource: DISRUPTION_BUDGETS,
    namespace: 'default',
    body: {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web' },
      spec: { selector, ...spec },
    },
  });
  cluster.runUntil(30_000);
  return cluster;
}

function find(cluster: Cluster, kind: string): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === kind);
}

function statusOf(cluster: Cluster): JsonObject {
  return objectAt(find(cluster, 'PodDisruptionBudget')[0], 'status') ?? {};
}

describe('a PodDisruptionBudget', () => {
  it.each([
    [{ minAvailable: 2 }, { currentHealthy: 3, desiredHealthy: 2, expectedPods: 3, disruptionsAllowed: 1 }],
    [{ minAvailable: '50%' }, { currentHealthy: 3, desiredHealthy: 2, expectedPods: 3, disruptionsAllowed: 1 }],
    [{ maxUnavailable: '50%' }, { currentHealthy: 3, desiredHealthy: 1, expectedPods: 3, disruptionsAllowed: 2 }],
    [{ maxUnavailable: 0 }, { currentHealthy: 3, desiredHealthy: 3, expectedPods: 3, disruptionsAllowed: 0 }],
  ])('of %j counts what its Pods allow', (spec, counts) => {
    const status = statusOf(guarded(spec));
    expect(status).toMatchObject({ ...counts, observedGeneration: 1 });
    const isAllowed = counts.disruptionsAllowed > 0;
    expect(arrayAt(status, 'conditions')[0]).toMatchObject({
      type: 'DisruptionAllowed',
      status: isAllowed ? 'True' : 'False',
      reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
    });
  });

  it('lets one Pod go at a time', () => {
    const cluster = guarded({ maxUnavailable: 1 });
    const evict = (name: string): string =>
      cluster.request({
        verb: 'create',
        resource: PODS,
        namespace: 'default',
        name,
        subresource: 'eviction',
        body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'default' } },
      });
    const [first, second] = find(cluster, 'Pod').map(nameOf);
    const allowed = evict(first!);
    cluster.runUntil(cluster.nowMs + 500);
    const refused = evict(second!);
    cluster.runUntil(cluster.nowMs + 500);
    expect(cluster.answerTo(allowed)?.code).toBe(201);
    expect(cluster.answerTo(refused)?.code).toBe(429);
    cluster.runUntil(cluster.nowMs + 60_000);
    const again = evict(second!);
    cluster.runUntil(cluster.nowMs + 500);
    expect(cluster.answerTo(again)?.code).toBe(201);
  });

  it('says that it covers nothing', () => {
    const cluster = guarded({ maxUnavailable: 1, selector: { matchLabels: { app: 'other' } } });
    const told = find(cluster, 'Event').filter((event) => stringAt(event, 'reason') === 'NoPods');
    expect(told.map((event) => stringAt(event, 'message'))).toEqual(['No matching pods found']);
    expect(statusOf(cluster)).toMatchObject({ expectedPods: 0, disruptionsAllowed: 0 });
  });
});
