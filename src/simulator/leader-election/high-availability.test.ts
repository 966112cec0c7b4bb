import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import type { Topology } from '../topology.ts';
import { defaultTopology } from '../topology.ts';
import { leadersOf } from './leaders.ts';

beforeAll(preloadKinds);

const TIMEOUT_MS = 120_000;

/** Three machines of the control plane and two workers, until the first leaders are there. */
/** What is on its way when a server dies is refused, and asked again elsewhere. */
const REFUSED_MS = 100;

function started(topology: Partial<Topology> = {}, seed = 5): Cluster {
  const cluster = Cluster.create({ seed, kinds, topology: { ...defaultTopology(2, 3), apiServers: 3, ...topology } });
  cluster.runUntil(5000);
  return cluster;
}

function found(cluster: Cluster, kind: string, name: string): KubernetesObject | undefined {
  return cluster.objects().find((object) => object.kind === kind && nameOf(object) === name);
}

function addresses(cluster: Cluster): readonly string[] {
  return arrayAt(found(cluster, 'EndpointSlice', 'kubernetes'), 'endpoints').flatMap((endpoint) =>
    arrayAt(endpoint, 'addresses').map(String),
  );
}

function electionEvents(cluster: Cluster, lease: string): readonly string[] {
  return cluster
    .objects()
    .filter((object) => object.kind === 'Event' && stringAt(object, 'involvedObject', 'name') === lease)
    .map((event) => `${stringAt(event, 'reason') ?? ''} ${(stringAt(event, 'message') ?? '').replace(/_\S+/, '')}`);
}

function machineOf(cluster: Cluster, component: string | undefined): string {
  return cluster.places().find(({ id }) => id === component)?.machine ?? '';
}

function deploy(cluster: Cluster, name: string): string {
  return cluster.kubectl(`create deployment ${name} --image=nginx --replicas=2`);
}

function running(cluster: Cluster, app: string): number {
  return cluster
    .objects()
    .filter((object) => object.kind === 'Pod' && nameOf(object).startsWith(`${app}-`))
    .filter((pod) => stringAt(pod, 'status', 'phase') === 'Running').length;
}

describe('several API servers behind a balancer', () => {
  it(
    'each has its Lease and its place among the endpoints, and clients are spread over them',
    () => {
      const cluster = started();
      const identities = cluster
        .objects()
        .filter((object) => object.kind === 'Lease' && nameOf(object).startsWith('apiserver-'));
      expect(identities).toHaveLength(3);
      expect(addresses(cluster)).toEqual(['172.18.0.2', '172.18.0.3', '172.18.0.4']);
      const asked = new Set(
        cluster.trace
          .after(0)
          .filter(({ from, class: kind }) => from === 'load-balancer' && kind === 'request')
          .map(({ to }) => to),
      );
      expect([...asked].sort()).toEqual(['kube-apiserver-0', 'kube-apiserver-1', 'kube-apiserver-2']);
      deploy(cluster, 'web');
      cluster.runUntil(15_000);
      expect(running(cluster, 'web')).toBe(2);
    },
    TIMEOUT_MS,
  );

  it(
    'a server that dies is found out: its clients go to another, and its address goes when its lease ends',
    () => {
      const cluster = started();
      const server = cluster.trace
        .after(0)
        .find(({ from, detail }) => from === 'load-balancer' && detail?.['client'] === 'kubelet/w1')!.to;
      const before = cluster.nowMs;
      cluster.fault({ fault: 'api-server-stop', target: server, parameters: { how: 'crash' } });
      const token = deploy(cluster, 'web');
      cluster.runUntil(before + 40_000);
      expect(cluster.outcomeOf(token)?.exitCode).toBe(0);
      expect(running(cluster, 'web')).toBe(2);
      const after = cluster.trace
        .after(0)
        .filter(
          ({ from, timeMs, detail }) =>
            from === 'load-balancer' && timeMs > before + REFUSED_MS && detail?.['client'] === 'kubelet/w1',
        );
      expect(after.length).toBeGreaterThan(0);
      expect(after.map(({ to }) => to)).not.toContain(server);
      expect(addresses(cluster)).toHaveLength(2);
      const down = cluster.trace.after(0).filter(({ verb, object }) => verb === 'DOWN' && object === server);
      expect(down).toHaveLength(1);
      cluster.fault({ fault: 'mend', target: server });
      cluster.runUntil(before + 80_000);
      expect(addresses(cluster)).toHaveLength(3);
    },
    TIMEOUT_MS,
  );
});

describe('leaders and standbys', () => {
  it(
    'the scheduler that leads ends without a word: a standby leads once the Lease is over, and Pods are placed again',
    () => {
      const cluster = started();
      const { scheduler } = leadersOf(cluster);
      expect(scheduler).toMatchObject({ transitions: 0, acting: [scheduler.component] });
      cluster.fault({ fault: 'scheduler-stop', target: scheduler.component!, forMs: 60_000 });
      deploy(cluster, 'web');
      cluster.runUntil(15_000);
      expect(running(cluster, 'web')).toBe(0);
      cluster.runUntil(35_000);
      const next = leadersOf(cluster).scheduler;
      expect(next.component).not.toBe(scheduler.component);
      expect(next).toMatchObject({ transitions: 1, acting: [next.component] });
      expect(running(cluster, 'web')).toBe(2);
      const machines = [scheduler, next].map(({ component }) => machineOf(cluster, component));
      expect(electionEvents(cluster, 'kube-scheduler')).toEqual(
        machines.map((machine) => `LeaderElection ${machine} became leader`),
      );
      // The one that is back stands by.
      cluster.runUntil(100_000);
      expect(leadersOf(cluster).scheduler).toEqual(next);
    },
    TIMEOUT_MS,
  );

  it(
    'a controller manager that cannot renew ends ten seconds later, is started again and stands by',
    () => {
      const cluster = started();
      const { controllerManager: first } = leadersOf(cluster);
      const index = first.component!.slice(-1);
      const server = `kube-apiserver-${index}`;
      const cutMs = cluster.nowMs;
      cluster.fault({ fault: 'link-cut', target: first.component!, parameters: { to: server }, forMs: 60_000 });
      cluster.runUntil(cutMs + 40_000);
      const exit = cluster.trace.after(0).find(({ verb, object }) => verb === 'EXIT' && object === first.component)!;
      expect(exit.detail).toEqual({ message: 'leaderelection lost/stopped' });
      expect(exit.timeMs - cutMs).toBeGreaterThan(9000);
      expect(exit.timeMs - cutMs).toBeLessThan(12_100);
      const { controllerManager: next } = leadersOf(cluster);
      expect(next.component).not.toBe(first.component);
      expect(next.transitions).toBe(1);
      deploy(cluster, 'web');
      cluster.runUntil(cutMs + 60_000);
      expect(running(cluster, 'web')).toBe(2);
      cluster.runUntil(cutMs + 120_000);
      expect(leadersOf(cluster).controllerManager).toEqual(next);
      expect(cluster.places().find(({ id }) => id === first.component)?.isRunning).toBe(true);
    },
    TIMEOUT_MS,
  );

  it(
    'the three leaders are read from the state, and need not be on one machine',
    () => {
      const cluster = started({}, 2);
      const before = leadersOf(cluster);
      expect(before.etcd).toMatch(/^etcd-[012]$/);
      cluster.fault({ fault: 'etcd-member-loss', target: before.etcd!, forMs: 30_000 });
      cluster.fault({ fault: 'scheduler-stop', target: before.scheduler.component!, forMs: 60_000 });
      cluster.runUntil(60_000);
      const after = leadersOf(cluster);
      expect(after.etcd).toMatch(/^etcd-[012]$/);
      expect(after.etcd).not.toBe(before.etcd);
      expect(numberAt(found(cluster, 'Lease', 'kube-scheduler'), 'spec', 'leaseTransitions')).toBe(
        after.scheduler.transitions,
      );
      const single = Cluster.create({ seed: 1, kinds });
      single.runUntil(1000);
      expect(leadersOf(single)).toMatchObject({
        etcd: 'etcd-0',
        scheduler: { component: 'kube-scheduler' },
        controllerManager: { component: 'kube-controller-manager' },
      });
    },
    TIMEOUT_MS,
  );

  it(
    'settles with elections under way, and comes to the same again from the middle',
    () => {
      const cluster = started();
      deploy(cluster, 'web');
      expect(cluster.runUntilSettled(300_000)).toBe(true);
      const { digest } = cluster.trace;
      const { steps } = cluster;
      cluster.seekSteps(Math.floor(steps / 2));
      cluster.seekSteps(steps);
      expect(cluster.trace.digest).toBe(digest);
    },
    TIMEOUT_MS,
  );
});

describe('a machine of the control plane that loses its power', () => {
  it.each(['stacked', 'external'] as const)(
    'takes its part of it along, and the others go on: etcd %s',
    (etcd) => {
      const cluster = started({ etcd });
      const { machine } = cluster.places().find(({ id }) => id === 'kube-apiserver-0')!;
      cluster.fault({ fault: 'node-failure', target: machine });
      cluster.runUntil(10_000);
      const dead = cluster.places().filter((place) => place.machine === machine && place.isRunning);
      expect(dead.map(({ id }) => id)).toEqual([]);
      const members = cluster.places().filter(({ kind, isRunning }) => kind === 'etcd-member' && isRunning);
      expect(members).toHaveLength(etcd === 'stacked' ? 2 : 3);
      cluster.runUntil(100_000);
      deploy(cluster, 'web');
      cluster.runUntil(130_000);
      expect(running(cluster, 'web')).toBe(2);
      const ready = arrayAt(found(cluster, 'Node', machine), 'status', 'conditions').find(
        (one) => stringAt(one, 'type') === 'Ready',
      );
      expect(stringAt(ready, 'status')).toBe('Unknown');
      expect(addresses(cluster)).toHaveLength(2);
      const { scheduler, controllerManager } = leadersOf(cluster);
      expect([scheduler.component, controllerManager.component]).not.toContain('kube-scheduler-0');
    },
    TIMEOUT_MS,
  );
});
