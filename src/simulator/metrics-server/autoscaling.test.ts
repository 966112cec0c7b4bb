import { beforeAll, describe, expect, it } from 'vitest';
import { conditionsOf } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const MINUTE_MS = 60_000;

const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web:1', resources: { requests: { cpu: '200m', memory: '64Mi' } } }] },
    },
  },
};

const autoscaler: KubernetesObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 1,
    maxReplicas: 10,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
  },
};

/** Busy for ten minutes of its life, then idle. */
const BUSY: Behaviour = {
  match: { image: 'web:*' },
  cpuMillicores: {
    steps: [
      { fromMs: 0, value: 300 },
      { fromMs: 10 * MINUTE_MS, value: 10 },
    ],
  },
  memoryBytes: { steps: [{ fromMs: 0, value: 48 * 1024 * 1024 }] },
};

function begun(metricsServer: boolean): Cluster {
  const cluster = Cluster.create({ seed: 3, kinds, metricsServer, behaviours: [BUSY] });
  cluster.runUntil(MINUTE_MS);
  cluster.kubectl('apply -f web.yaml', { 'web.yaml': [deployment, autoscaler] });
  return cluster;
}

function printed(cluster: Cluster, line: string): string {
  const token = cluster.kubectl(line);
  while (cluster.outcomeOf(token) === undefined) if (!cluster.step()) break;
  const outcome = cluster.outcomeOf(token);
  return outcome === undefined ? '' : outcome.stdout + outcome.stderr;
}

function found(cluster: Cluster, kind: string): KubernetesObject | undefined {
  return cluster.objects().find((object) => object.kind === kind && nameOf(object) === 'web');
}

const sizeOf = (cluster: Cluster): number | undefined => numberAt(found(cluster, 'Deployment'), 'spec', 'replicas');

describe('a busy workload with an autoscaler', () => {
  it('grows by what metrics-server measures, and shrinks when five minutes have passed without need', () => {
    const cluster = begun(true);
    cluster.runUntil(9 * MINUTE_MS);
    // 300m of 200m is 150 %, three times what is wanted, of every Pod anew: up to its bound.
    expect(sizeOf(cluster)).toBe(10);
    const limited = conditionsOf(found(cluster, 'HorizontalPodAutoscaler')).find(
      (condition) => stringAt(condition, 'type') === 'ScalingLimited',
    );
    expect([stringAt(limited, 'status'), stringAt(limited, 'reason')]).toEqual(['True', 'TooManyReplicas']);
    cluster.runUntil(40 * MINUTE_MS);
    expect(sizeOf(cluster)).toBe(1);
    const reasons = cluster
      .objects()
      .filter(({ kind }) => kind === 'Event')
      .filter((event) => stringAt(event, 'reason') === 'SuccessfulRescale')
      .map((event) => stringAt(event, 'message'));
    const busy = 'reason: cpu resource utilization (percentage of request) above target';
    const below = 'reason: All metrics below target';
    // At most twice as many at once; each Pod is busy for its own first ten minutes, so that they leave one after another.
    expect(reasons.toSorted()).toEqual(
      [
        `New size: 10; ${busy}`,
        ...[3, 6, 9].map((size) => `New size: ${size}; ${busy}`),
        ...[1, 4].map((size) => `New size: ${size}; ${below}`),
      ].toSorted(),
    );
  });

  it('shows what it uses by kubectl top', () => {
    const cluster = begun(true);
    cluster.runUntil(MINUTE_MS + 5000);
    expect(printed(cluster, 'top pods')).toBe('error: metrics not available yet\n');
    cluster.runUntil(100_000);
    const [header, line = ''] = printed(cluster, 'top pods').split('\n');
    expect(header).toMatch(/^NAME +CPU\(cores\) +MEMORY\(bytes\) +$/);
    expect(line.trimEnd()).toMatch(/^web-[a-z0-9]+-[a-z0-9]{5} +300m +48Mi$/);
    expect(printed(cluster, 'top pod --containers --no-headers').trimEnd()).toMatch(/^web-\S+ +web +300m +48Mi$/);
    expect(printed(cluster, 'top nodes')).toMatch(/^NAME +CPU\(cores\) +CPU\(%\) +MEMORY\(bytes\) +MEMORY\(%\)/);
    expect(printed(cluster, 'top nodes')).toMatch(/w\d +300m +7% +48Mi +0%/);
    expect(printed(cluster, 'top pod nobody')).toContain('not found');
    expect(printed(cluster, 'api-resources --api-group=metrics.k8s.io')).toContain('PodMetrics');
  });

  it('stays as it is where nobody measures, and says why', () => {
    const cluster = begun(false);
    cluster.runUntil(3 * MINUTE_MS);
    expect(sizeOf(cluster)).toBe(1);
    const active = conditionsOf(found(cluster, 'HorizontalPodAutoscaler')).find(
      (condition) => stringAt(condition, 'type') === 'ScalingActive',
    );
    expect([stringAt(active, 'status'), stringAt(active, 'reason')]).toEqual(['False', 'FailedGetResourceMetric']);
    expect(printed(cluster, 'top pods')).toBe('error: Metrics API not available\n');
  });

  it('writes nothing more when nothing changes', () => {
    const cluster = begun(true);
    cluster.runUntil(30 * MINUTE_MS);
    const revision = (): string | undefined =>
      stringAt(found(cluster, 'HorizontalPodAutoscaler'), 'metadata', 'resourceVersion');
    const before = revision();
    cluster.runUntil(31 * MINUTE_MS);
    expect(revision()).toBe(before);
    expect(arrayAt(found(cluster, 'HorizontalPodAutoscaler'), 'status', 'currentMetrics')).toHaveLength(1);
  });
});
