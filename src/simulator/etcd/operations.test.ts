import { beforeAll, describe, expect, it } from 'vitest';
import { nameOf } from '../../apimachinery/object.ts';
import { Cluster } from '../cluster.ts';
import { leadersOf } from '../leader-election/leaders.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { defaultTopology } from '../topology.ts';
import type { MemberState } from './member-state.ts';

beforeAll(preloadKinds);

const TIMEOUT_MS = 120_000;

function started(etcdMembers?: 3 | 5): Cluster {
  const topology = { ...defaultTopology(2), ...(etcdMembers === undefined ? {} : { etcdMembers }) };
  const cluster = Cluster.create({ seed: 5, kinds, topology });
  cluster.runUntil(5000);
  return cluster;
}

function runs(cluster: Cluster, line: string, forMs = 1000): string | undefined {
  const { length } = cluster.trace;
  cluster.fault({ fault: 'etcdctl', parameters: { line } });
  cluster.runUntil(cluster.nowMs + forMs);
  const printed = cluster.trace.after(length).findLast(({ object, verb }) => object === 'etcdctl' && verb === 'prints');
  return printed?.detail?.['text'] as string | undefined;
}

function does(cluster: Cluster, line: string, forMs = 3000): number | undefined {
  const token = cluster.kubectl(line);
  cluster.runUntil(cluster.nowMs + forMs);
  return cluster.outcomeOf(token)?.exitCode;
}

function has(cluster: Cluster, kind: string, name: string): boolean {
  return cluster.objects().some((object) => object.kind === kind && nameOf(object) === name);
}

function configuration(cluster: Cluster, member: string) {
  const { voters, learners } = (cluster.stateOf(member) as MemberState).raft.config;
  return { voters, learners };
}

describe('backup and restore of etcd', () => {
  it.each([undefined, 3] as const)(
    'what came after the snapshot is gone, and with --bump-revision everybody sees it: %s members',
    (members) => {
      const cluster = started(members);
      expect(does(cluster, 'create deployment before --image=nginx')).toBe(0);
      expect(runs(cluster, 'snapshot save backup.db')).toBe('Snapshot saved at backup.db');
      expect(does(cluster, 'create deployment after --image=nginx', 10_000)).toBe(0);
      expect(does(cluster, 'delete deployment before', 10_000)).toBe(0);
      const line = 'snapshot restore backup.db --bump-revision 1000000 --mark-compacted';
      expect(runs(cluster, line, 40_000)).toBe('restored snapshot backup.db');
      // Kubernetes says to restart what watches: the garbage collector remembers that the owner of what is back was gone.
      cluster.fault({ fault: 'controller-manager-stop', forMs: 1000 });
      cluster.runUntil(cluster.nowMs + 90_000);
      expect([has(cluster, 'Deployment', 'before'), has(cluster, 'Deployment', 'after')]).toEqual([true, false]);
      // Informers were told that what they knew is too old: the Pod of what is back runs, that of what is gone is gone.
      const gone = cluster.trace.after(0).filter(({ verb, class: kind }) => kind === 'response' && verb === '410');
      expect(gone.length).toBeGreaterThan(0);
      const pods = cluster.objects().filter(({ kind }) => kind === 'Pod');
      expect(pods.map((pod) => nameOf(pod).split('-')[0])).toEqual(['before']);
    },
    TIMEOUT_MS,
  );

  it(
    'without --bump-revision informers believe in what is gone until revisions have caught up',
    () => {
      const cluster = started();
      expect(runs(cluster, 'snapshot save backup.db')).toBe('Snapshot saved at backup.db');
      expect(does(cluster, 'create deployment after --image=nginx --replicas=2', 10_000)).toBe(0);
      expect(runs(cluster, 'snapshot restore backup.db', 40_000)).toBe('restored snapshot backup.db');
      cluster.runUntil(cluster.nowMs + 5000);
      expect(has(cluster, 'Deployment', 'after')).toBe(false);
      const saved = cluster.trace.after(0).find(({ verb, class: kind }) => verb === 'Snapshot' && kind === 'response');
      const asked = cluster.trace
        .after(saved!.seq)
        .flatMap(({ detail }) => /watch=true.*resourceVersion=(\d+)/.exec(String(detail?.['path']))?.[1] ?? []);
      expect(Math.max(...asked.map(Number))).toBeGreaterThan(Number(saved!.detail?.['revision']));
    },
    TIMEOUT_MS,
  );

  it.each([
    ['snapshot restore nothing.db', 'Error: stat nothing.db: no such file or directory'],
    ['snapshot restore x.db --bump-revision 5', 'Error: --mark-compacted required if --bump-revision > 0'],
  ])('%s: %s', (line, words) => {
    expect(runs(started(), line)).toBe(words);
  });
});

describe('members of etcd', () => {
  it(
    'one is added as a learner, is promoted when it is in sync, and one is removed',
    () => {
      const cluster = started(3);
      // Members have to be connected for five seconds.
      cluster.runUntil(8000);
      expect(runs(cluster, 'member add etcd-3 --learner', 3000)).toBe('Member etcd-3 added in cluster');
      const leader = leadersOf(cluster).etcd!;
      expect(configuration(cluster, leader)).toEqual({ voters: [1, 2, 3], learners: [4] });
      expect(configuration(cluster, 'etcd-3')).toEqual({ voters: [1, 2, 3], learners: [4] });
      expect(runs(cluster, 'member add etcd-4 --learner')).toBe(
        'Error: etcdserver: too many learner members in cluster',
      );
      expect(does(cluster, 'create configmap one')).toBe(0);
      expect(runs(cluster, 'member promote etcd-3', 3000)).toBe('Member etcd-3 added in cluster');
      expect(configuration(cluster, leader)).toEqual({ voters: [1, 2, 3, 4], learners: [] });
      expect(runs(cluster, 'member remove etcd-0', 5000)).toBe('Member etcd-0 removed in cluster');
      const now = leadersOf(cluster).etcd!;
      expect(configuration(cluster, now)).toEqual({ voters: [2, 3, 4], learners: [] });
      expect(cluster.places().find(({ id }) => id === 'etcd-0')?.isRunning).toBe(false);
      cluster.runUntil(cluster.nowMs + 50_000);
      expect(does(cluster, 'create configmap two')).toBe(0);
      const [one, other] = ['etcd-3', now].map((id) => (cluster.stateOf(id) as MemberState).space.revision);
      expect(one).toBe(other);
    },
    TIMEOUT_MS,
  );

  it(
    'without a quorum nothing is written, and everything again when one member is back',
    () => {
      const cluster = started(3);
      for (const target of ['etcd-1', 'etcd-2']) cluster.fault({ fault: 'etcd-member-loss', target, forMs: 60_000 });
      cluster.runUntil(cluster.nowMs + 5000);
      expect(leadersOf(cluster).etcd).toBeUndefined();
      const token = cluster.kubectl('create configmap one');
      cluster.runUntil(60_000);
      expect(cluster.outcomeOf(token)?.exitCode).toBe(1);
      cluster.runUntil(130_000);
      expect(leadersOf(cluster).etcd).toMatch(/^etcd-\d$/);
      expect(does(cluster, 'create configmap two')).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'none is added while one that votes is away, nor is one removed that is needed; the one that is away may go',
    () => {
      const cluster = started(3);
      cluster.runUntil(10_000);
      const leader = leadersOf(cluster).etcd!;
      const [away, other] = ['etcd-0', 'etcd-1', 'etcd-2'].filter((id) => id !== leader);
      cluster.fault({ fault: 'etcd-member-loss', target: away!, forMs: 20_000 });
      cluster.runUntil(15_000);
      const unhealthy = 'Error: etcdserver: unhealthy cluster';
      expect(runs(cluster, 'member add etcd-3')).toBe(unhealthy);
      expect(runs(cluster, 'member add etcd-3 --learner')).toBe(unhealthy);
      expect(runs(cluster, `member remove ${other}`)).toBe(unhealthy);
      // It is back, but not for long enough.
      cluster.runUntil(32_000);
      expect(runs(cluster, 'member add etcd-3 --learner')).toBe(unhealthy);
      cluster.runUntil(38_000);
      expect(runs(cluster, 'member add etcd-3 --learner')).toBe('Member etcd-3 added in cluster');
      cluster.fault({ fault: 'etcd-member-loss', target: away!, forMs: 20_000 });
      cluster.runUntil(cluster.nowMs + 5000);
      expect(runs(cluster, `member remove ${away}`)).toBe(`Member ${away} removed in cluster`);
    },
    TIMEOUT_MS,
  );
});
