import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { Cluster } from '../../simulator/cluster.ts';
import { kinds, preloadKinds } from '../../simulator/testing/built-in-kinds.ts';
import { frameOf } from './frame.ts';
import { LogReader } from './log-reader.ts';
import { lookAt } from './look.ts';
import type { EtcdHistory, EtcdKeys } from './etcd-ledger.ts';
import type { LedgerEvent } from './event-ledger.ts';
import type { NodeInside } from './node-inside.ts';

const deployment = (image: string, replicas = 2): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } },
  },
});

let cluster: Cluster;

beforeAll(async () => {
  await preloadKinds();
  cluster = Cluster.create({ seed: 1, kinds });
  cluster.runUntil(5000);
  cluster.kubectl('apply -f web.yaml', { 'web.yaml': [deployment('nginx:1')] });
  cluster.runUntil(30_000);
  cluster.kubectl('apply -f web.yaml', { 'web.yaml': [deployment('nginx:1', -1)] });
  cluster.runUntil(31_000);
  cluster.kubectl('apply -f web.yaml', { 'web.yaml': [deployment('nginx:2')] });
  cluster.runUntil(60_000);
});

describe('what is read out of the steps of a run', () => {
  it('finds when Pods become ready, a rollout is complete and the server refuses, each once', () => {
    const { milestones } = new LogReader().read(cluster.trace.after(0));
    const types = milestones.map(({ type }) => type);
    const count = (wanted: string): number => types.filter((type) => type === wanted).length;
    // Three workers and the control plane.
    expect(count('nodeReady')).toBe(4);
    expect(count('refused')).toBe(1);
    expect(count('rolledOut')).toBe(2);
    expect(count('available')).toBe(1);
    // Two Pods of each template.
    expect(milestones.filter(({ type, object }) => type === 'podReady' && object.includes('/web-'))).toHaveLength(4);
    expect(milestones.map(({ seq }) => seq)).toEqual(milestones.map(({ seq }) => seq).toSorted((a, b) => a - b));
  });

  it('is the same read piece by piece', () => {
    const entries = cluster.trace.after(0);
    const reader = new LogReader();
    const pieces = [];
    for (let at = 0; at < entries.length; at += 97) pieces.push(reader.read(entries.slice(at, at + 97)));
    expect({
      milestones: pieces.flatMap(({ milestones }) => milestones),
      verdicts: pieces.flatMap(({ verdicts }) => verdicts),
    }).toEqual(new LogReader().read(entries));
  });

  it('says how each write of a person was taken, with the server’s words for the field', () => {
    const { verdicts } = new LogReader().read(cluster.trace.after(0));
    expect(verdicts.map(({ object }) => object)).toEqual(Array(3).fill('Deployment/default/web'));
    expect(verdicts.map(({ refusal }) => refusal?.code)).toEqual([undefined, 422, undefined]);
    expect(verdicts[1]!.refusal!.causes[0]).toEqual({
      field: 'spec.replicas',
      message: 'Invalid value: -1: must be greater than or equal to 0',
    });
  });
});

describe('what can be looked at', () => {
  it('tells Events as kubectl sorts them', () => {
    const events = lookAt(cluster, { type: 'events' }, []) as readonly LedgerEvent[];
    expect(events.map(({ reason }) => reason)).toContain('Scheduled');
    expect(events.map(({ lastMs }) => lastMs)).toEqual(events.map(({ lastMs }) => lastMs).toSorted((a, b) => a - b));
    expect(events.every(({ firstMs, lastMs, count }) => firstMs <= lastMs && count >= 1)).toBe(true);
  });

  it('tells the keys of etcd, and what one was at each revision', () => {
    const { keys, revision } = lookAt(cluster, { type: 'keys' }, []) as EtcdKeys;
    const key = keys.find((one) => one.key === '/registry/deployments/default/web')!;
    expect(key.modRevision).toBeLessThanOrEqual(revision);
    const history = lookAt(cluster, { type: 'key', key: key.key }, []) as EtcdHistory;
    expect(history.revisions).toHaveLength(key.version);
    expect(history.revisions[0]!.revision).toBe(key.createRevision);
    expect(history.revisions.at(-1)!.revision).toBe(key.modRevision);
  });

  it('opens a Node: its processes, its Pods, their containers and the one that pauses', () => {
    const pod = frameOf(cluster, new Set())
      .nodes.flatMap(({ pods }) => pods)
      .find(({ workload }) => workload === 'Deployment/default/web')!;
    const inside = lookAt(cluster, { type: 'node', node: pod.node! }, []) as NodeInside;
    expect(inside.parts.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['kubelet', 'containerd', 'cni', 'kube-proxy']),
    );
    const opened = inside.pods.find(({ uid }) => uid === pod.uid)!;
    expect(opened.pause?.isReady).toBe(true);
    expect(opened.containers).toMatchObject([{ name: 'web', image: 'nginx:2', state: 'running', isReady: true }]);
  });
});

describe('the picture of a moment', () => {
  it('says of each controller what it works on, and of a Service which endpoints it has', () => {
    cluster.kubectl('expose deployment web --port=80');
    cluster.runUntil(70_000);
    const frame = frameOf(cluster, new Set(['Deployment/default/web', 'Service/default/gone']));
    expect(frame.there).toEqual(['Deployment/default/web']);
    expect(frame.services.find(({ name }) => name === 'web')).toMatchObject({ ready: 2, total: 2 });
    expect(frame.controllers.map(({ id }) => id)).toContain('replicaset-controller');
  });
});
