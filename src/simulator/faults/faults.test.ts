import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { FAULTS } from './faults.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const pod: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'c', image: 'nginx' }] },
};

function started(): Cluster {
  const cluster = Cluster.create({ seed: 5, kinds });
  cluster.runUntil(5000);
  return cluster;
}

function objectOf(cluster: Cluster, kind: string, name: string): KubernetesObject | undefined {
  return cluster.objects().find((object) => object.kind === kind && nameOf(object) === name);
}

describe('faults', () => {
  it('stop the scheduler for a while: Pods wait, and are placed when it is back', () => {
    const cluster = started();
    cluster.fault({ fault: 'scheduler-stop', forMs: 20_000 });
    cluster.kubectl('apply -f pod.yaml', { 'pod.yaml': [pod] });
    cluster.runUntil(20_000);
    expect(stringAt(objectOf(cluster, 'Pod', 'web'), 'spec', 'nodeName')).toBeUndefined();
    cluster.runUntil(35_000);
    expect(stringAt(objectOf(cluster, 'Pod', 'web'), 'spec', 'nodeName')).toMatch(/^w\d$/);
    const told = cluster.trace.after(0).filter((entry) => entry.class === 'fault');
    expect(told.map(({ verb }) => verb)).toEqual(['scheduler-stop', 'scheduler-stop ends']);
    expect(told.map(({ cause }) => cause)).toEqual([0, told[0]!.seq]);
  });

  it('cut one way: the scheduler runs on and hears of nothing, the controllers go on, and what it missed it makes up for', () => {
    const cluster = started();
    cluster.fault({
      fault: 'link-cut',
      target: 'kube-scheduler',
      parameters: { to: 'kube-apiserver-0' },
      forMs: 60_000,
    });
    cluster.kubectl('apply -f pod.yaml', { 'pod.yaml': [pod] });
    cluster.runUntil(60_000);
    expect(objectOf(cluster, 'Pod', 'web')).toBeDefined();
    expect(stringAt(objectOf(cluster, 'Pod', 'web'), 'spec', 'nodeName')).toBeUndefined();
    expect(cluster.places().find(({ id }) => id === 'kube-scheduler')?.isRunning).toBe(true);
    cluster.runUntil(150_000);
    expect(stringAt(objectOf(cluster, 'Pod', 'web'), 'spec', 'nodeName')).toMatch(/^w\d$/);
  });

  it('are mended when somebody says so, once: the end that was planned comes to nothing', () => {
    const cluster = started();
    cluster.fault({ fault: 'node-failure', target: 'w1', forMs: 300_000 });
    cluster.fault({ fault: 'kubelet-stop', target: 'w2' });
    cluster.runUntil(70_000);
    const ready = (node: string) =>
      arrayAt(objectOf(cluster, 'Node', node), 'status', 'conditions').find((one) => stringAt(one, 'type') === 'Ready');
    expect([ready('w1'), ready('w2')]).toMatchObject([{ status: 'Unknown' }, { status: 'Unknown' }]);
    cluster.fault({ fault: 'mend', target: 'w1' });
    cluster.runUntil(400_000);
    expect([ready('w1'), ready('w2')]).toMatchObject([{ status: 'True' }, { status: 'Unknown' }]);
    const told = cluster.trace.after(0).filter((entry) => entry.class === 'fault');
    expect(told.map(({ verb }) => verb)).toEqual(['node-failure', 'kubelet-stop', 'mend', 'node-failure ends']);
  });

  it.each(['node-failure', 'kubelet-stop'])('%s: nothing starts on the Node until it is over', (fault) => {
    const cluster = started();
    cluster.fault({ fault, target: 'w1', forMs: 60_000 });
    const bound = { ...pod, spec: { ...(pod['spec'] as object), nodeName: 'w1' } } as KubernetesObject;
    cluster.kubectl('apply -f pod.yaml', { 'pod.yaml': [bound] });
    const phase = () => stringAt(objectOf(cluster, 'Pod', 'web'), 'status', 'phase');
    cluster.runUntil(50_000);
    expect(phase()).toBe('Pending');
    cluster.runUntil(180_000);
    expect(phase()).toBe('Running');
  });

  it('cut a Node off: what is bound to it does not start there', () => {
    const cluster = started();
    cluster.fault({ fault: 'node-partition', target: 'w1' });
    const bound = { ...pod, spec: { ...(pod['spec'] as object), nodeName: 'w1' } } as KubernetesObject;
    cluster.kubectl('apply -f pod.yaml', { 'pod.yaml': [bound] });
    cluster.runUntil(50_000);
    expect(stringAt(objectOf(cluster, 'Pod', 'web'), 'status', 'phase')).toBe('Pending');
    expect(cluster.trace.after(0).some(({ lostBecause }) => lostBecause === 'partition')).toBe(true);
  });

  it.each([10_000, 90_000])('cut a Node off for %d ms: its kubelet catches up with what it missed', (forMs) => {
    const cluster = started();
    const bound = { ...pod, spec: { ...(pod['spec'] as object), nodeName: 'w1' } } as KubernetesObject;
    const renamed = { ...bound, metadata: { name: 'early' } };
    cluster.kubectl('apply -f pod.yaml', { 'pod.yaml': [renamed] });
    cluster.runUntil(30_000);
    cluster.fault({ fault: 'node-partition', target: 'w1', forMs });
    cluster.kubectl('apply -f pod.yaml', { 'pod.yaml': [bound] });
    cluster.kubectl('delete pod early --wait=false');
    cluster.runUntil(30_000 + forMs);
    expect(objectOf(cluster, 'Pod', 'early')).toBeDefined();
    cluster.runUntil(240_000);
    expect(stringAt(objectOf(cluster, 'Pod', 'web'), 'status', 'phase')).toBe('Running');
    expect(objectOf(cluster, 'Pod', 'early')).toBeUndefined();
  });

  it('power off the API server: what etcd holds is still there, and clients come back', () => {
    const cluster = started();
    const [before] = [cluster.objects()];
    cluster.fault({ fault: 'api-server-stop', parameters: { how: 'power' }, forMs: 20_000 });
    cluster.runUntil(10_000);
    expect(cluster.objects().map(nameOf)).toEqual(before.map(nameOf));
    cluster.runUntil(100_000);
    cluster.kubectl('apply -f pod.yaml', { 'pod.yaml': [pod] });
    cluster.runUntil(130_000);
    expect(stringAt(objectOf(cluster, 'Pod', 'web'), 'status', 'phase')).toBe('Running');
  });

  it('cut etcd off: requests end in a timeout, and the caches catch up', () => {
    const cluster = started();
    cluster.fault({ fault: 'etcd-partition', forMs: 100_000 });
    const token = cluster.kubectl('get nodes');
    cluster.runUntil(70_000);
    expect(cluster.outcomeOf(token)?.stderr).toContain('request did not complete within the allotted timeout');
    cluster.runUntil(130_000);
    cluster.kubectl('apply -f pod.yaml', { 'pod.yaml': [pod] });
    cluster.runUntil(160_000);
    expect(stringAt(objectOf(cluster, 'Pod', 'web'), 'status', 'phase')).toBe('Running');
  });

  it('refuse connections while the API server is down, and end without a trace of harm', () => {
    const cluster = started();
    cluster.fault({ fault: 'api-server-stop', forMs: 10_000 });
    const token = cluster.kubectl('get nodes');
    cluster.runUntil(10_000);
    expect(cluster.outcomeOf(token)?.stderr).toMatch(/^The connection to the server .* was refused/);
    cluster.runUntil(60_000);
    const again = cluster.kubectl('get nodes -o name');
    cluster.runUntil(61_000);
    expect(cluster.outcomeOf(again)?.stdout).toContain('node/w1\n');
  });

  it('are found again in the same places after going back', () => {
    const cluster = started();
    cluster.fault({ fault: 'node-partition', target: 'w2', forMs: 5000 });
    cluster.kubectl('get pods');
    cluster.runUntil(30_000);
    const [digest, steps] = [cluster.trace.digest, cluster.steps];
    cluster.seekSteps(10);
    cluster.seekSteps(steps);
    expect(cluster.trace.digest).toBe(digest);
    expect([...FAULTS.keys()]).toContain('etcd-partition');
  });
});
