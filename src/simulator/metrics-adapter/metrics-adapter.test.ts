import { beforeAll, describe, expect, it } from 'vitest';
import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { numberAt, stringAt } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const MINUTE_MS = 60_000;
const metadata = { name: 'web', namespace: 'default' };

const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 80 }] }] },
    },
  },
};

const service: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
};

function autoscaler(metric: Readonly<Record<string, unknown>>): KubernetesObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [metric],
    },
  } as KubernetesObject;
}

function begun(objects: readonly KubernetesObject[], behaviours: readonly Behaviour[]): Cluster {
  const cluster = Cluster.create({ seed: 3, kinds, behaviours });
  cluster.runUntil(20_000);
  cluster.kubectl('apply -f web.yaml', { 'web.yaml': [deployment, service, ...objects] });
  cluster.runUntil(MINUTE_MS);
  return cluster;
}

const order = {
  from: 'Node//w1',
  to: 'Service/default/web',
  port: 80,
  protocol: 'tcp',
  path: '/',
  timeoutMs: 5000,
} as const;

const found = (cluster: Cluster, kind: string): KubernetesObject | undefined =>
  cluster.objects().find((object) => object.kind === kind && nameOf(object) === 'web');
const sizeOf = (cluster: Cluster): number | undefined => numberAt(found(cluster, 'Deployment'), 'spec', 'replicas');

function printed(cluster: Cluster, line: string): string {
  const token = cluster.kubectl(line);
  while (cluster.outcomeOf(token) === undefined) if (!cluster.step()) break;
  const outcome = cluster.outcomeOf(token);
  return outcome === undefined ? '' : outcome.stdout + outcome.stderr;
}

describe('an autoscaler on requests a second', () => {
  const counted: Behaviour = {
    match: { metric: 'http_requests_per_second' },
    metrics: [
      { of: 'pods', requests: {} },
      { of: 'services', requests: { windowMs: 120_000 } },
    ],
  };
  const target = { type: 'AverageValue', averageValue: '5' };
  const ofPods = { type: 'Pods', pods: { metric: { name: 'http_requests_per_second' }, target } };

  it('grows with what clients send to a Service, and shrinks when they are gone', () => {
    const cluster = begun([autoscaler(ofPods)], [counted]);
    cluster.send({ ...order, rate: 20, forMs: 4 * MINUTE_MS });
    cluster.runUntil(5 * MINUTE_MS);
    // 20 a second are four Pods of five; rates of Pods that are new are measured over less time, and may ask for one more.
    expect([4, 5]).toContain(sizeOf(cluster));
    cluster.runUntil(15 * MINUTE_MS);
    expect(sizeOf(cluster)).toBe(1);
  });

  it('is answered by anybody who asks the API server', () => {
    const cluster = begun([], [counted]);
    cluster.send({ ...order, rate: 10, forMs: 4 * MINUTE_MS });
    cluster.runUntil(4 * MINUTE_MS);
    const path = '/apis/custom.metrics.k8s.io/v1beta2/namespaces/default/services/web/http_requests_per_second';
    const answer = JSON.parse(printed(cluster, `get --raw ${path}`)) as KubernetesObject;
    expect(answer.kind).toBe('MetricValueList');
    expect(JSON.stringify(answer)).toContain('"value":"10"');
    const unknown = path.replace('http_requests_per_second', 'tears');
    expect(printed(cluster, `get --raw ${unknown}`)).toContain(
      'the server could not find the metric tears for services',
    );
  });
});

describe('an autoscaler on a metric from outside the cluster', () => {
  const metric = { name: 'queue_length', selector: { matchLabels: { queue: 'mail' } } };
  const external = { type: 'External', external: { metric, target: { type: 'AverageValue', averageValue: '10' } } };

  it('follows what the script says of it over time', () => {
    const steps = [
      { fromMs: 0, value: 20_000 },
      { fromMs: 3 * MINUTE_MS, value: 60_000 },
    ];
    const series = { of: 'external', labels: { queue: 'mail' }, value: { steps } };
    const cluster = begun([autoscaler(external)], [{ match: { metric: 'queue_length' }, metrics: [series] }]);
    cluster.runUntil(2 * MINUTE_MS);
    expect(sizeOf(cluster)).toBe(2);
    cluster.runUntil(5 * MINUTE_MS);
    expect(sizeOf(cluster)).toBe(6);
  });

  it('says why where nobody serves it', () => {
    const cluster = begun([autoscaler(external)], []);
    cluster.runUntil(2 * MINUTE_MS);
    const active = findCondition(conditionsOf(found(cluster, 'HorizontalPodAutoscaler')), 'ScalingActive');
    expect(stringAt(active, 'reason')).toBe('FailedGetExternalMetric');
  });
});
