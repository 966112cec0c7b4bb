import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import type { Aggregate } from './recommendation.ts';
import { NO_SAMPLES, recommendationOf, withCpu, withMemory } from './recommendation.ts';

beforeAll(preloadKinds);

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** A container that uses the same for so long, told every minute. */
function steady(cores: number, bytes: number, days: number): Aggregate {
  let aggregate = NO_SAMPLES;
  let window: Parameters<typeof withMemory>[1];
  for (let atMs = 0; atMs <= days * DAY_MS; atMs += MINUTE_MS) {
    aggregate = withCpu(aggregate, cores, atMs);
    ({ aggregate, window } = withMemory(aggregate, window, bytes, atMs));
  }
  return aggregate;
}

const first = (states: ReadonlyMap<string, Aggregate>, policies: Parameters<typeof recommendationOf>[1] = []) =>
  arrayAt(recommendationOf(states, policies), 'containerRecommendations')[0];

describe('what a container should request', () => {
  it('is what it uses and a seventh more, between bounds that come nearer with the days', () => {
    const day = first(new Map([['web', steady(0.2, 1e9, 1)]]));
    const week = first(new Map([['web', steady(0.2, 1e9, 7)]]));
    // The bucket that 200m lie in ends at 215m; 15 % are added.
    expect(stringAt(day, 'target', 'cpu')).toBe('247m');
    expect(stringAt(week, 'target', 'cpu')).toBe(stringAt(day, 'target', 'cpu'));
    expect(stringAt(day, 'upperBound', 'cpu')).toBe('494m');
    expect(Number.parseInt(stringAt(week, 'upperBound', 'cpu') ?? '', 10)).toBeLessThan(285);
    expect(stringAt(day, 'lowerBound', 'cpu')).toBe('246m');
  });

  it('is never less than 25m and 250Mi a Pod, and within what its policy allows', () => {
    const idle = new Map([['web', steady(0.001, 1e6, 1)]]);
    expect(first(idle)).toMatchObject({ target: { cpu: '25m', memory: '262144k' } });
    const policy = { containerName: '*', minAllowed: { cpu: '100m' }, maxAllowed: { memory: '100Mi' } };
    expect(first(idle, [policy])).toMatchObject({
      target: { cpu: '100m', memory: '104857600' },
      uncappedTarget: { cpu: '25m' },
    });
  });
});

describe('a VerticalPodAutoscaler in a cluster', () => {
  const crds = JSON.parse(
    readFileSync(new URL('../../openapi/data/vertical-pod-autoscaler-crds.json', import.meta.url), 'utf8'),
  ) as { readonly crds: readonly KubernetesObject[] };
  const metadata = { name: 'web', namespace: 'default' };

  it('says in its status what the Pods of its target should request', () => {
    const behaviours = [{ match: { image: 'web:*' }, cpuMillicores: { steps: [{ fromMs: 0, value: 300 }] } }];
    const cluster = Cluster.create({ seed: 2, kinds, behaviours, metricsServer: true, verticalPodAutoscaler: true });
    cluster.runUntil(20_000);
    cluster.kubectl('apply --server-side -f crd.yaml', { 'crd.yaml': crds.crds });
    cluster.runUntil(30_000);
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
      },
    };
    const vpa = {
      apiVersion: 'autoscaling.k8s.io/v1',
      kind: 'VerticalPodAutoscaler',
      metadata,
      spec: {
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        updatePolicy: { updateMode: 'Off' },
      },
    };
    cluster.kubectl('apply -f web.yaml', { 'web.yaml': [deployment, vpa] });
    cluster.runUntil(10 * MINUTE_MS);
    const found = cluster.objects().find(({ kind }) => kind === 'VerticalPodAutoscaler');
    const [container] = arrayAt(found, 'status', 'recommendation', 'containerRecommendations');
    expect(stringAt(container, 'containerName')).toBe('web');
    expect(Number.parseInt(stringAt(container, 'target', 'cpu') ?? '', 10)).toBeGreaterThan(300);
    expect(Number.parseInt(stringAt(container, 'target', 'cpu') ?? '', 10)).toBeLessThan(400);
  });
});
