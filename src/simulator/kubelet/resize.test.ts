import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, booleanAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { OnePod, PODS } from './testing/one-pod.ts';

beforeAll(preloadKinds);

function sized(cpu: string, more: JsonObject = {}): JsonObject {
  const resources = { requests: { cpu, memory: '100Mi' }, limits: { cpu, memory: '100Mi' } };
  return { nodeName: 'w1', containers: [{ name: 'c', image: 'nginx:1.27', resources, ...more }] };
}

function resize(one: OnePod, resources: JsonObject): void {
  const body: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: { containers: [{ name: 'c', resources }] },
  };
  const options = { patchType: 'strategic' } as const;
  const at = { resource: PODS, namespace: 'default', name: 'p', subresource: 'resize' } as const;
  one.cluster.request({ ...at, verb: 'patch', body, options });
}

const cpu = (amount: string): JsonObject => ({ requests: { cpu: amount }, limits: { cpu: amount } });

function resizeConditions(one: OnePod): readonly string[] {
  return arrayAt(one.pod(), 'status', 'conditions')
    .filter((condition) => (stringAt(condition, 'type') ?? '').startsWith('PodResize'))
    .map((condition) => `${stringAt(condition, 'type')} ${stringAt(condition, 'reason') ?? ''}`.trim());
}

describe('a Pod that is resized', () => {
  it('gets what it asks for in place', () => {
    const one = new OnePod(sized('100m')).run(10);
    expect(one.status()).toMatchObject({ allocatedResources: { cpu: '100m' }, resources: { limits: { cpu: '100m' } } });
    resize(one, cpu('200m'));
    one.run(5);
    expect(one.status()).toMatchObject({
      restartCount: 0,
      allocatedResources: { cpu: '200m' },
      resources: { requests: { cpu: '200m' }, limits: { cpu: '200m' } },
    });
    expect(resizeConditions(one)).toEqual([]);
    expect(one.trace('cri').map(({ verb }) => verb)).toContain('UpdateContainerResources');
    const resources =
      '"resources":{"limits":{"cpu":"200m","memory":"100Mi"},"requests":{"cpu":"200m","memory":"100Mi"}}';
    const said = `{"containers":[{"name":"c",${resources}}],"generation":2}`;
    expect([...one.events().keys()]).toEqual(
      expect.arrayContaining([
        `ResizeStarted: Pod resize started: ${said}`,
        `ResizeCompleted: Pod resize completed: ${said}`,
      ]),
    );
  });

  it('is restarted where its policy says so', () => {
    const resizePolicy = [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }];
    const one = new OnePod(sized('100m', { resizePolicy })).run(10);
    resize(one, cpu('200m'));
    one.run(10);
    expect(one.status()).toMatchObject({ restartCount: 1, resources: { limits: { cpu: '200m' } } });
    expect(one.events().get('Killing: Container c resize requires restart')).toBe(1);
  });

  it('waits where there is no room, and gets it when another Pod goes', () => {
    const one = new OnePod(sized('1')).run(5);
    one.make('q', sized('2'));
    one.run(10);
    resize(one, cpu('3'));
    one.run(5);
    expect(resizeConditions(one)).toEqual(['PodResizePending Deferred']);
    expect(one.status()).toMatchObject({ allocatedResources: { cpu: '1' }, resources: { limits: { cpu: '1' } } });
    one.cluster.request({ verb: 'delete', resource: PODS, namespace: 'default', name: 'q' });
    one.run(15);
    expect(one.status()).toMatchObject({ restartCount: 0, allocatedResources: { cpu: '3' } });
    expect(resizeConditions(one)).toEqual([]);
  });
});

describe('a Pod with resources of its own', () => {
  const ofPod = (cpu: string): JsonObject => ({
    requests: { cpu, memory: '200Mi' },
    limits: { cpu, memory: '200Mi' },
  });
  /** cgroup v2 has fewer weights than there are requests. */
  const asRead = (cpu: string, requested: string): JsonObject => ({
    ...ofPod(cpu),
    requests: { cpu: requested, memory: '200Mi' },
  });
  const spec: JsonObject = {
    nodeName: 'w1',
    resources: ofPod('500m'),
    containers: [
      { name: 'c', image: 'nginx:1.27' },
      { name: 'own', image: 'nginx:1.27', resources: { limits: { cpu: '100m' } } },
    ],
  };
  const resizePod = (one: OnePod, resources: JsonObject): void => {
    one.cluster.request({
      verb: 'patch',
      resource: PODS,
      namespace: 'default',
      name: 'p',
      subresource: 'resize',
      body: { apiVersion: 'v1', kind: 'Pod', spec: { resources } },
      options: { patchType: 'strategic' },
    });
  };

  it('tells them, and gives its limits to containers that have none', () => {
    const one = new OnePod(spec).run(10);
    expect(objectAt(one.pod(), 'status')).toMatchObject({
      qosClass: 'Guaranteed',
      resources: ofPod('500m'),
      allocatedResources: { cpu: '500m', memory: '200Mi' },
    });
    expect(objectAt(one.status('c'), 'resources')).toEqual({});
    expect(objectAt(one.status('own'), 'resources', 'limits')).toEqual({ cpu: '100m', memory: '200Mi' });
  });

  it('is given others in place, and its containers with it', () => {
    const one = new OnePod(spec).run(10);
    resizePod(one, ofPod('1'));
    one.run(15);
    expect(objectAt(one.pod(), 'status')).toMatchObject({
      resources: asRead('1', '975m'),
      allocatedResources: { cpu: '1', memory: '200Mi' },
    });
    expect(one.status('c')).toMatchObject({ restartCount: 0 });
    // What grows of the whole Pod is set before its containers: the limit, then the request.
    const verbs = one.trace('cri').flatMap(({ verb, detail }) => (booleanAt(detail, 'ok') === undefined ? [verb] : []));
    const ofCgroup = 'UpdatePodSandboxResources';
    const updates = verbs.filter((verb) => verb === ofCgroup || verb === 'UpdateContainerResources');
    expect(updates).toEqual([ofCgroup, ofCgroup, 'UpdateContainerResources']);
    expect(resizeConditions(one)).toEqual([]);
    expect([...one.events().keys()].filter((event) => event.startsWith('ResizeCompleted'))).toHaveLength(1);
  });

  it('waits where there is no room', () => {
    const one = new OnePod(spec).run(5);
    one.make('q', sized('3'));
    one.run(10);
    resizePod(one, ofPod('2'));
    one.run(10);
    expect(resizeConditions(one)).toEqual(['PodResizePending Deferred']);
    expect(objectAt(one.pod(), 'status')).toMatchObject({
      resources: asRead('500m', '489m'),
      allocatedResources: { cpu: '500m' },
    });
    one.cluster.request({ verb: 'delete', resource: PODS, namespace: 'default', name: 'q' });
    one.run(45);
    expect(objectAt(one.pod(), 'status')).toMatchObject({
      resources: asRead('2', '1999m'),
      allocatedResources: { cpu: '2' },
    });
    expect(resizeConditions(one)).toEqual([]);
  });
});

it('a container for looking around is started in a Pod that runs, once', () => {
  const one = new OnePod(sized('100m')).run(10);
  one.cluster.request({
    verb: 'patch',
    resource: PODS,
    namespace: 'default',
    name: 'p',
    subresource: 'ephemeralcontainers',
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { ephemeralContainers: [{ name: 'debug', image: 'busybox', targetContainerName: 'c' }] },
    },
    options: { patchType: 'strategic' },
  });
  one.run(10);
  expect(objectAt(one.status('debug'), 'state', 'running')).toBeDefined();
  expect(stringAt(one.pod(), 'status', 'phase')).toBe('Running');
  one.cluster.fault({
    fault: 'container-kill',
    target: 'default/p',
    parameters: { container: 'debug', exitCode: '0' },
  });
  one.run(10);
  expect(numberAt(one.status('debug'), 'state', 'terminated', 'exitCode')).toBe(0);
  expect(numberAt(one.status('debug'), 'restartCount')).toBe(0);
  expect(numberAt(one.status('c'), 'restartCount')).toBe(0);
});

describe('status.resources of a Pod without resources of its own', () => {
  const resourcesOf = (one: OnePod) => objectAt(one.pod(), 'status', 'resources');

  it('is what its containers were given together, then what its cgroup has of that', () => {
    const limited = { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } };
    const one = new OnePod({
      nodeName: 'w1',
      containers: [
        { name: 'c', image: 'nginx:1.27', resources: limited },
        { name: 'd', image: 'nginx:1.27', resources: limited },
      ],
    }).run(10);
    const limits = { cpu: '400m', memory: '256Mi' };
    expect(resourcesOf(one)).toEqual({ requests: { cpu: '200m', memory: '128Mi' }, limits });
    one.run(100);
    expect(resourcesOf(one)).toEqual({ requests: { cpu: '181m', memory: '128Mi' }, limits });
    expect(objectAt(one.pod(), 'status', 'allocatedResources')).toEqual({ cpu: '200m', memory: '128Mi' });
  });

  // Seen in kubernetes/kubernetes#137628 with 1.35.
  it('tells less of a small request, as real Nodes do', () => {
    const resources = { requests: { cpu: '50m', memory: '50Mi' }, limits: { cpu: '100m', memory: '100Mi' } };
    const one = new OnePod({ nodeName: 'w1', resources, containers: [{ name: 'c', image: 'nginx:1.27' }] }).run(110);
    expect(resourcesOf(one)).toEqual({ ...resources, requests: { cpu: '28m', memory: '50Mi' } });
  });

  it('is empty where nothing is asked for, and keeps a limit that only one container has', () => {
    const plain: JsonObject = { name: 'c', image: 'nginx:1.27' };
    expect(resourcesOf(new OnePod({ nodeName: 'w1', containers: [plain] }).run(110))).toEqual({});
    const limited = { ...plain, name: 'd', resources: { requests: { cpu: '2m' }, limits: { cpu: '2m' } } };
    const one = new OnePod({ nodeName: 'w1', containers: [plain, limited] }).run(110);
    // A request that is no more than the least weight is not told of a Pod that has none of its own.
    expect(resourcesOf(one)).toEqual({ limits: { cpu: '2m' } });
  });
});
