import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { phaseOf } from '../controllers/workload/pod-state.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { defaultTopology } from '../topology.ts';
import type { AutoscalerFlags } from './loop-state.ts';
import type { NodePool } from './node-pool.ts';
import { withPools } from './node-pool.ts';

beforeAll(preloadKinds);

const MINUTE_MS = 60_000;

function pool(name: string, more: Partial<Omit<NodePool, 'size'>> & { readonly cpu?: string } = {}): NodePool {
  const { cpu = '2', ...rest } = more;
  const size = { name, capacity: { cpu, memory: '8Gi' }, labels: {}, taints: [], zones: [] };
  return { name, size, min: 1, max: 5, nodes: 1, bootMs: 40_000, ...rest };
}

function deployment(replicas: number, cpu = '500m', more: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  const containers = [{ name: 'web', image: 'web:1', resources: { requests: { cpu } } }];
  const { annotations, ...spec } = more;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' }, ...(annotations === undefined ? {} : { annotations }) },
        spec: { containers, ...spec },
      },
    },
  } as KubernetesObject;
}

function begun(
  pools: readonly NodePool[],
  objects: readonly KubernetesObject[],
  autoscaler: Partial<AutoscalerFlags> = {},
): Cluster {
  const topology = withPools(defaultTopology(0), pools);
  const cluster = Cluster.create({ seed: 7, kinds, topology, autoscaler });
  cluster.runUntil(20_000);
  cluster.kubectl('apply -f web.yaml', { 'web.yaml': objects });
  return cluster;
}

const workers = (cluster: Cluster): readonly string[] =>
  cluster
    .objects()
    .filter((object) => object.kind === 'Node' && !labelsOf(object).has('node-role.kubernetes.io/control-plane'))
    .map(nameOf);

const running = (cluster: Cluster): number =>
  cluster.objects().filter((object) => object.kind === 'Pod' && phaseOf(object) === 'Running').length;

function told(cluster: Cluster, reason: string): readonly string[] {
  return cluster
    .objects()
    .filter((object) => object.kind === 'Event' && stringAt(object, 'reason') === reason)
    .map((event) => stringAt(event, 'message') ?? '');
}

function statusText(cluster: Cluster): string {
  const map = cluster
    .objects()
    .find((object) => object.kind === 'ConfigMap' && nameOf(object) === 'cluster-autoscaler-status');
  return stringAt(map, 'data', 'status') ?? '';
}

describe('a pool of Nodes with an autoscaler', () => {
  it('grows by as many Nodes as the Pods need, once, and they run when the machines have booted', () => {
    const cluster = begun([pool('small')], [deployment(10)]);
    cluster.runUntil(45_000);
    expect(told(cluster, 'TriggeredScaleUp')[0]).toBe('pod triggered scale-up: [{small 1->3 (max: 5)}]');
    expect(told(cluster, 'ScaledUpGroup')).toEqual([
      'Scale-up: setting group small size to 3 instead of 1 (max: 5)',
      'Scale-up: group small size set to 3 instead of 1 (max: 5)',
    ]);
    expect(statusText(cluster)).toContain('status: InProgress');
    cluster.runUntil(3 * MINUTE_MS);
    expect(workers(cluster)).toEqual(['small-1', 'small-2', 'small-3']);
    expect(running(cluster)).toBe(10);
    expect(told(cluster, 'ScaledUpGroup')).toHaveLength(2);
    expect(statusText(cluster)).toContain('cloudProviderTarget: 3');
  });

  it('takes a Node away when it was not needed for ten minutes, ten minutes after it grew, down to its least', () => {
    const cluster = begun([pool('small')], [deployment(10)]);
    cluster.runUntil(3 * MINUTE_MS);
    cluster.kubectl('scale deployment/web --replicas=1');
    cluster.runUntil(12 * MINUTE_MS);
    expect(workers(cluster)).toHaveLength(3);
    cluster.runUntil(30 * MINUTE_MS);
    expect(workers(cluster)).toHaveLength(1);
    expect(running(cluster)).toBe(1);
    expect(told(cluster, 'ScaleDownEmpty')[0]).toMatch(/^Scale-down: removing empty node "small-\d"$/);
    expect(told(cluster, 'DeletingNode')).toHaveLength(2);
  });

  it('has settled only when nothing more will go', () => {
    const cluster = begun([pool('small')], [deployment(10)]);
    cluster.runUntil(3 * MINUTE_MS);
    cluster.kubectl('scale deployment/web --replicas=1');
    expect(cluster.runUntilSettled(60 * MINUTE_MS)).toBe(true);
    expect(cluster.nowMs).toBeGreaterThan(13 * MINUTE_MS);
    expect(workers(cluster)).toHaveLength(1);
  });

  it('says of each Pod that no pool helps why', () => {
    const cluster = begun([pool('small'), pool('full', { max: 1 })], [deployment(1, '3')]);
    cluster.runUntil(2 * MINUTE_MS);
    expect(told(cluster, 'NotTriggerScaleUp')).toEqual([
      "pod didn't trigger scale-up: 1 Insufficient cpu, 1 max node group size reached",
    ]);
    expect(workers(cluster)).toHaveLength(2);
  });
});

describe('a run with an autoscaler', () => {
  it('goes the same way from a copy and from a moment before', () => {
    const cluster = begun([pool('small')], [deployment(10)]);
    cluster.runUntil(31_000);
    const { steps } = cluster;
    const branch = cluster.fork();
    for (const one of [cluster, branch]) one.runUntil(3 * MINUTE_MS);
    const { digest } = cluster.trace;
    expect(branch.trace.digest).toBe(digest);
    cluster.seekSteps(steps);
    cluster.runUntil(3 * MINUTE_MS);
    expect(cluster.trace.digest).toBe(digest);
  });
});

describe('a Node that is little used', () => {
  function halfEmpty(more: Readonly<Record<string, unknown>>, objects: readonly KubernetesObject[] = []): Cluster {
    // Three Pods stand on three Nodes and would fit on one.
    const spread = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } };
    const cluster = begun(
      [pool('small', { nodes: 2 })],
      [deployment(2, '500m', { affinity: spread, ...more }), ...objects],
    );
    cluster.runUntil(25 * MINUTE_MS);
    return cluster;
  }

  it('is drained, and its Pods run elsewhere', () => {
    const cluster = halfEmpty({});
    expect(workers(cluster)).toHaveLength(1);
    expect(running(cluster)).toBe(2);
    expect(told(cluster, 'ScaleDown')).toContain('deleting pod for node scale down');
    expect(told(cluster, 'ScaleDown').some((words) => words.includes('pods to reschedule: web-'))).toBe(true);
  });

  it.each([
    ['that must not be evicted', { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } }, []],
    ['with data on the Node', { volumes: [{ name: 'data', emptyDir: {} }] }, []],
    [
      'that a budget keeps',
      {},
      [
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name: 'web', namespace: 'default' },
          spec: { maxUnavailable: 0, selector: { matchLabels: { app: 'web' } } },
        },
      ],
    ],
  ])('stays because of Pods %s', (_, more, objects) => {
    const cluster = halfEmpty(more, objects);
    expect(workers(cluster)).toHaveLength(2);
    expect(told(cluster, 'ScaleDown')).toEqual([]);
  });
});

describe('which pool grows', () => {
  const two = [pool('small', { cpu: '2' }), pool('large', { cpu: '16' })];
  const grownPool = (flags: Partial<AutoscalerFlags>, objects: readonly KubernetesObject[] = []): string => {
    const cluster = begun(two, [deployment(60), ...objects], flags);
    cluster.runUntil(60_000);
    return /\{(\w+) /.exec(told(cluster, 'TriggeredScaleUp')[0] ?? '')?.[1] ?? '';
  };

  it('is the one that leaves the least unused, or that of the highest priority', () => {
    expect(grownPool({})).toBe('small');
    expect(grownPool({ expanders: ['most-pods'] })).toBe('large');
    const priorities: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cluster-autoscaler-priority-expander', namespace: 'kube-system' },
      data: { priorities: '10:\n  - .*\n50:\n  - ^la' },
    };
    expect(grownPool({ expanders: ['priority'] }, [priorities])).toBe('large');
  });

  it('are similar ones by turns, where they are to be balanced', () => {
    const pools = ['a', 'b'].map((name) => ({ ...pool(name), size: { ...pool('x').size, name: 'same' } }));
    const cluster = begun(pools, [deployment(20)], { balanceSimilarNodeGroups: true });
    cluster.runUntil(3 * MINUTE_MS);
    const ofPool = (letter: string): number => workers(cluster).filter((name) => name.startsWith(letter)).length;
    // Which of them is asked first is chance.
    expect([ofPool('a'), ofPool('b')].sort()).toEqual([2, 3]);
  });
});

describe('a cloud that has no machines left', () => {
  it('is given up after fifteen minutes, and another pool grows', () => {
    const pools = [pool('small', { stock: 1 }), pool('large', { cpu: '16', min: 0, nodes: 0 })];
    const cluster = begun(pools, [deployment(10)]);
    cluster.runUntil(20 * MINUTE_MS);
    expect(told(cluster, 'ScaleUpTimedOut')[0]).toMatch(/^Nodes added to group small failed to register within 15m/);
    expect(running(cluster)).toBe(10);
    expect(
      nameAt(
        cluster.objects().find((object) => nameOf(object) === 'large-1'),
        'kind',
      ),
    ).toBe('Node');
  });
});
