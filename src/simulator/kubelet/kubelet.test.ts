import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const PODS = { group: '', version: 'v1', plural: 'pods' };

function ran(spec: JsonObject, behaviours: readonly Behaviour[], untilMs: number): Cluster {
  const cluster = Cluster.create({ seed: 1, kinds, behaviours });
  cluster.runUntil(1000);
  const metadata = { name: 'p', namespace: 'default' };
  const body: KubernetesObject = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
  cluster.request({ verb: 'create', resource: PODS, namespace: 'default', body });
  cluster.runUntil(1000 + untilMs);
  return cluster;
}

function podOf(cluster: Cluster): KubernetesObject | undefined {
  return cluster.objects().find((object) => object.kind === 'Pod' && nameOf(object) === 'p');
}

function reasonsOf(cluster: Cluster): readonly string[] {
  return cluster
    .objects()
    .filter(({ kind }) => kind === 'Event')
    .map((event) => stringAt(event, 'reason') ?? '');
}

const web = { containers: [{ name: 'c', image: 'nginx' }] };

it('starts a Pod by sandbox, network, image, container, in that order', () => {
  const cluster = ran(web, [], 10_000);
  const steps = cluster.trace
    .after(0)
    .filter(({ class: kind, to, from }) => (kind === 'cri' && from.startsWith('kubelet/')) || to.startsWith('cni/'))
    .map(({ verb }) => verb)
    .filter((verb) => verb !== 'ListPodSandbox');
  expect(steps).toEqual(['RunPodSandbox', 'ADD', 'ImageStatus', 'PullImage', 'CreateContainer', 'StartContainer']);
  const pod = podOf(cluster);
  expect(stringAt(pod, 'status', 'phase')).toBe('Running');
  expect(stringAt(pod, 'status', 'podIP')).toMatch(/^10\.244\.\d+\.2$/);
  expect(reasonsOf(cluster)).toEqual(expect.arrayContaining(['Pulling', 'Pulled', 'Created', 'Started']));
});

it('runs init containers before the others and ends where nothing runs any more', () => {
  const spec = { ...web, restartPolicy: 'Never', initContainers: [{ name: 'i', image: 'busybox' }] };
  const pod = podOf(ran(spec, [], 20_000));
  expect(stringAt(pod, 'status', 'phase')).toBe('Succeeded');
  const [init] = arrayAt(pod, 'status', 'initContainerStatuses');
  const [main] = arrayAt(pod, 'status', 'containerStatuses');
  const initEnd = stringAt(init, 'state', 'terminated', 'finishedAt') ?? '';
  expect(initEnd <= (stringAt(main, 'state', 'terminated', 'startedAt') ?? '')).toBe(true);
});

it('waits ever longer before a container that crashes is started again', () => {
  const cluster = ran(web, [{ match: { image: 'ng*' }, crashAfterMs: 1000 }], 25_000);
  const [status] = arrayAt(podOf(cluster), 'status', 'containerStatuses');
  expect(numberAt(status, 'restartCount')).toBe(2);
  expect(stringAt(status, 'state', 'waiting', 'reason')).toBe('CrashLoopBackOff');
  expect(stringAt(status, 'state', 'waiting', 'message')).toMatch(/^back-off 20s restarting failed container=c pod=p_/);
  expect(numberAt(status, 'lastState', 'terminated', 'exitCode')).toBe(1);
});

it('says why a container cannot be made: no image, no ConfigMap', () => {
  const broken = ran(web, [{ match: {}, image: { pullFailure: 'not found' } }], 5000);
  const [status] = arrayAt(podOf(broken), 'status', 'containerStatuses');
  expect(stringAt(status, 'state', 'waiting', 'reason')).toBe('ErrImagePull');
  const volumes = [{ name: 'cfg', configMap: { name: 'missing' } }];
  const waiting = ran({ ...web, volumes }, [], 5000);
  const event = waiting.objects().find((object) => stringAt(object, 'reason') === 'FailedMount');
  expect(stringAt(event, 'message')).toBe('MountVolume.SetUp failed for volume "cfg" : configmap "missing" not found');
  expect(stringAt(podOf(waiting), 'status', 'phase')).toBe('Pending');
});

function ready(cluster: Cluster): unknown {
  return arrayAt(podOf(cluster), 'status', 'conditions').find((condition) => stringAt(condition, 'type') === 'Ready');
}

it('is ready when its probe succeeds, and not before', () => {
  const readinessProbe = { httpGet: { path: '/', port: 80 }, periodSeconds: 2 };
  const spec = { containers: [{ name: 'c', image: 'nginx', readinessProbe }] };
  const behaviours = [{ match: {}, readyAfterMs: 7000 }];
  expect(stringAt(ready(ran(spec, behaviours, 6000)), 'status')).toBe('False');
  expect(stringAt(ready(ran(spec, behaviours, 12_000)), 'status')).toBe('True');
});

it('ends the containers of a Pod that is deleted, then its object goes', () => {
  const cluster = ran(web, [], 10_000);
  cluster.request({ verb: 'delete', resource: PODS, namespace: 'default', name: 'p' });
  cluster.runUntil(20_000);
  expect(podOf(cluster)).toBeUndefined();
  expect(reasonsOf(cluster)).toContain('Killing');
});
