import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { defaultTopology } from '../topology.ts';

beforeAll(preloadKinds);

const pod = (name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'c', image: 'nginx' }] },
});

function started(etcdMembers: 1 | 3 | 5): Cluster {
  const cluster = Cluster.create({ seed: 5, kinds, topology: { ...defaultTopology(2), etcdMembers } });
  cluster.runUntil(10_000);
  return cluster;
}

function phaseOf(cluster: Cluster, name: string): string | undefined {
  const found = cluster.objects().find((object) => object.kind === 'Pod' && nameOf(object) === name);
  return stringAt(found, 'status', 'phase');
}

/** Who leads, as the members themselves say. */
function leaders(cluster: Cluster): readonly string[] {
  const last = new Map<string, string>();
  for (const { class: kind, from, detail } of cluster.trace.after(0))
    if (kind === 'raft' && typeof detail?.['text'] === 'string' && /became (leader|follower)/.test(detail['text']))
      last.set(from, detail['text']);
  return [...last].filter(([, text]) => text.includes('became leader')).map(([member]) => member);
}

function apply(cluster: Cluster, name: string): string {
  return cluster.kubectl('apply -f f.yaml', { 'f.yaml': [pod(name)] });
}

describe('etcd in full', () => {
  it.each([1, 3, 5] as const)('with %d members elects one leader and carries a cluster', (members) => {
    const cluster = started(members);
    expect(leaders(cluster)).toHaveLength(1);
    apply(cluster, 'web');
    cluster.runUntil(40_000);
    expect(phaseOf(cluster, 'web')).toBe('Running');
    const spaces = Array.from({ length: members }, (_, index) => cluster.stateOf(`etcd-${index}`)) as {
      readonly space: { readonly revision: number; readonly newest: { entries(): Iterable<unknown> } };
    }[];
    cluster.fault({ fault: 'api-server-stop' });
    cluster.fault({ fault: 'controller-manager-stop' });
    cluster.runUntil(42_000);
    for (const { space } of spaces) {
      expect(space.revision).toBe(spaces[0]!.space.revision);
      expect([...space.newest.entries()]).toEqual([...spaces[0]!.space.newest.entries()]);
    }
  });

  it.each(['etcd-member-loss', 'etcd-partition'])(
    '%s of the leader: another is elected and nothing is lost',
    (fault) => {
      const cluster = started(3);
      const [leader] = leaders(cluster);
      apply(cluster, 'early');
      cluster.runUntil(30_000);
      cluster.fault({ fault, target: leader!, forMs: 60_000 });
      cluster.runUntil(40_000);
      const others = leaders(cluster).filter((member) => member !== leader);
      expect(others).toHaveLength(1);
      cluster.runUntil(85_000);
      apply(cluster, 'late');
      cluster.runUntil(150_000);
      expect(phaseOf(cluster, 'early')).toBe('Running');
      expect(phaseOf(cluster, 'late')).toBe('Running');
      expect(leaders(cluster)).toHaveLength(1);
    },
  );

  it('without a majority answers nobody, and goes on when it is back', () => {
    const cluster = started(3);
    for (const target of ['etcd-1', 'etcd-2']) cluster.fault({ fault: 'etcd-member-loss', target, forMs: 60_000 });
    cluster.runUntil(15_000);
    apply(cluster, 'web');
    cluster.runUntil(60_000);
    expect(phaseOf(cluster, 'web')).toBeUndefined();
    cluster.runUntil(150_000);
    const token = apply(cluster, 'later');
    cluster.runUntil(152_000);
    expect(cluster.outcomeOf(token)?.stdout).toBe('pod/later created\n');
  });

  it('is slow with a slow disk of its only member, and the same run twice', () => {
    const delays = [1, 2].map(() => {
      const cluster = started(1);
      cluster.fault({ fault: 'slow-disk' });
      const token = cluster.kubectl('apply -f f.yaml', { 'f.yaml': [pod('web')] });
      while (cluster.outcomeOf(token) === undefined && cluster.step());
      return [cluster.nowMs - 10_000, cluster.trace.digest] as const;
    });
    expect(delays[0]![0]).toBeGreaterThan(200);
    expect(delays[0]).toEqual(delays[1]);
  });

  it('is the same after going back', () => {
    const cluster = started(3);
    apply(cluster, 'web');
    cluster.runUntil(20_000);
    const { digest } = cluster.trace;
    const { steps } = cluster;
    cluster.seekSteps(1000);
    cluster.seekSteps(steps);
    expect(cluster.trace.digest).toBe(digest);
  });
});
