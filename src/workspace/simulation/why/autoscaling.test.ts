import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { Cluster } from '../../../simulator/cluster.ts';
import { kinds, preloadKinds } from '../../../simulator/testing/built-in-kinds.ts';
import { deployment } from '../testing/small-cluster.ts';
import { autoscalingOf } from './autoscaling.ts';

beforeAll(preloadKinds);

function autoscaler(spec: object, status: object = {}): KubernetesObject {
  const object = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'default' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 6, ...spec },
    status,
  };
  return object as unknown as KubernetesObject;
}

const cpu = (averageUtilization: number) => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});
const measuredCpu = (averageUtilization: number) => ({
  type: 'Resource',
  resource: { name: 'cpu', current: { averageUtilization, averageValue: '100m' } },
});

describe('the sums of a HorizontalPodAutoscaler', () => {
  it('are those that the controller comes to in a cluster', () => {
    const cluster = Cluster.create({
      seed: 3,
      kinds,
      metricsServer: true,
      behaviours: [{ match: { image: 'busy:*' }, cpuMillicores: { steps: [{ fromMs: 0, value: 150 }] } }],
    });
    cluster.runUntil(5000);
    const objects = [
      deployment('web', 2, 'busy:1', { resources: { requests: { cpu: '100m' } } }),
      autoscaler({ minReplicas: 2, metrics: [cpu(50)] }),
    ] as readonly KubernetesObject[];
    cluster.kubectl('apply -f x.yaml', { 'x.yaml': objects });
    const seen: unknown[] = [];
    for (let at = 0; at < 40; at++) {
      cluster.runUntil(cluster.nowMs + 5000);
      const found = cluster.objects().find(({ kind }) => kind === 'HorizontalPodAutoscaler');
      const { current, desired, sums, largest } = autoscalingOf(found!);
      const [sum] = sums;
      if (sum?.measured !== undefined) seen.push({ current, desired, now: sum.measured.now, largest });
    }
    // Three times what is wanted: six for two, but not more than twice as many at once; and never more than six.
    expect(seen[0]).toEqual({ current: 2, desired: 4, now: '150 %', largest: 6 });
    expect(seen.at(-1)).toEqual({ current: 6, desired: 6, now: '150 %', largest: 18 });
  });

  it.each([
    ['within a tenth nothing is done', {}, { ratio: 1.08, isWithin: true, wants: 4 }],
    [
      'its own tolerance is asked',
      { behavior: { scaleUp: { tolerance: '50m' } } },
      { ratio: 1.08, isWithin: false, wants: 5 },
    ],
  ])('%s', (_name, spec, expected) => {
    const status = { currentReplicas: 4, desiredReplicas: 4, currentMetrics: [measuredCpu(54)] };
    const { sums, min, max } = autoscalingOf(autoscaler({ ...spec, metrics: [cpu(50)] }, status));
    expect(sums).toEqual([{ metric: 'cpu', target: '50 %', measured: { now: '54 %', ...expected } }]);
    expect([min, max]).toEqual([1, 6]);
  });

  it('counts other metrics by means and wholes, and takes the largest', () => {
    const metrics = [
      { type: 'Pods', pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: '100' } } },
      {
        type: 'External',
        external: { metric: { name: 'queue' }, target: { type: 'Value', value: '30' } },
      },
      {
        type: 'ContainerResource',
        containerResource: { name: 'memory', container: 'app', target: { type: 'AverageValue', averageValue: '1Gi' } },
      },
    ];
    const currentMetrics = [
      { type: 'Pods', pods: { metric: { name: 'requests' }, current: { averageValue: '250' } } },
      { type: 'External', external: { metric: { name: 'queue' }, current: { value: '45' } } },
    ];
    const { sums, largest } = autoscalingOf(
      autoscaler({ metrics }, { currentReplicas: 2, desiredReplicas: 5, currentMetrics }),
    );
    expect(sums.map(({ metric, target, measured }) => [metric, measured?.now, target, measured?.wants])).toEqual([
      ['requests', '250', '100', 5],
      ['queue', '45', '30', 3],
      ['memory (app)', undefined, '1Gi', undefined],
    ]);
    expect(largest).toBe(5);
  });
});
