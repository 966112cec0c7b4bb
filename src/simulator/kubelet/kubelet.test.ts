import { beforeAll, expect, it } from 'vitest';
import { arrayAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { OnePod } from './testing/one-pod.ts';

beforeAll(preloadKinds);

const web = { containers: [{ name: 'c', image: 'nginx:1.27' }] };

it('starts a Pod by sandbox, network, image, container, and tells of it in three steps', () => {
  const one = new OnePod(web).run(10);
  const calls = one.cluster.trace
    .after(0)
    .filter(({ class: kind, to, from }) => (kind === 'cri' && from.startsWith('kubelet/')) || to.startsWith('cni/'))
    .map(({ verb }) => verb)
    .filter((verb) => !['ListPodSandbox', 'UpdateRuntimeConfig', 'configure'].includes(verb));
  expect(calls).toEqual(['RunPodSandbox', 'ADD', 'ImageStatus', 'PullImage', 'CreateContainer', 'StartContainer']);
  const patches = one.cluster.trace
    .after(0)
    .filter(
      ({ class: kind, verb, from, object }) =>
        kind === 'request' && verb === 'PATCH' && from.startsWith('kubelet') && object === 'Pod/default/p',
    )
    .map(({ body }) => objectAt(body, 'status') ?? {});
  const told = patches.map((status) => [
    stringAt(status, 'phase') ?? '',
    arrayAt(status, 'conditions').map((each) => `${stringAt(each, 'type')}=${stringAt(each, 'status')}`),
  ]);
  expect(told).toEqual([
    [
      '',
      [
        'PodReadyToStartContainers=False',
        'Initialized=True',
        'Ready=False',
        'ContainersReady=False',
        'PodScheduled=True',
      ],
    ],
    ['', ['PodReadyToStartContainers=True']],
    ['Running', ['Ready=True', 'ContainersReady=True']],
  ]);
  expect(stringAt(one.pod(), 'status', 'podIP')).toMatch(/^10\.244\.\d+\.2$/);
  expect(numberAt(one.pod(), 'status', 'observedGeneration')).toBe(1);
  expect(stringAt(one.status(), 'image')).toBe('docker.io/library/nginx:1.27');
  expect([...one.events().keys()].filter((event) => !event.startsWith('Scheduled')).toSorted()).toEqual([
    'Created: Container created',
    'Pulled: Successfully pulled image "nginx:1.27" in 900ms (900ms including waiting). Image size: 60000000 bytes.',
    'Pulling: Pulling image "nginx:1.27"',
    'Started: Container started',
  ]);
});

it('runs init containers before the others and ends where nothing runs any more', () => {
  const spec = { ...web, restartPolicy: 'Never', initContainers: [{ name: 'i', image: 'busybox' }] };
  const one = new OnePod(spec).run(20);
  expect(stringAt(one.pod(), 'status', 'phase')).toBe('Succeeded');
  const initEnd = stringAt(one.status('i'), 'state', 'terminated', 'finishedAt') ?? '';
  expect(initEnd <= (stringAt(one.status(), 'state', 'terminated', 'startedAt') ?? '')).toBe(true);
  expect(one.condition('PodReadyToStartContainers')).toBe('False');
});

it('waits ever longer before a container that crashes is started again', () => {
  const one = new OnePod(web, [{ match: { image: 'ng*' }, crashAfterMs: 1000 }]);
  const starts: number[] = [];
  for (let second = 0; second < 200; second++) {
    one.run(1);
    const reason = stringAt(one.status(), 'state', 'waiting', 'reason');
    const count = numberAt(one.status(), 'restartCount') ?? 0;
    if (reason === 'CrashLoopBackOff')
      expect(stringAt(one.status(), 'state', 'waiting', 'message')).toMatch(
        /^back-off (10s|20s|40s|1m20s) restarting failed container=c pod=p_default\(.*\)$/,
      );
    if (stringAt(one.status(), 'state', 'running', 'startedAt') !== undefined) starts[count] ??= one.cluster.nowMs;
  }
  const waits = starts.slice(1).map((ms, index) => ms - (starts[index] ?? 0));
  // At once; then the back-off and up to half of it more.
  expect(waits[0]).toBeLessThanOrEqual(3000);
  for (const [index, backoffMs] of [10_000, 20_000, 40_000].entries()) {
    expect(waits[index + 1]).toBeGreaterThanOrEqual(backoffMs);
    expect(waits[index + 1]).toBeLessThanOrEqual(backoffMs * 1.5 + 4000);
  }
  expect(numberAt(one.status(), 'lastState', 'terminated', 'exitCode') ?? 1).toBe(1);
  expect(
    [...one.events().keys()].some((event) =>
      event.startsWith('BackOff: Back-off restarting failed container c in pod p_default('),
    ),
  ).toBe(true);
});

it('starts containers anew that are not the ones of the Pod any more', () => {
  const one = new OnePod(web).run(10);
  one.cluster.request({
    verb: 'patch',
    resource: { group: '', version: 'v1', plural: 'pods' },
    namespace: 'default',
    name: 'p',
    body: { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'c', image: 'nginx:1.28' }] } },
    options: { patchType: 'strategic' },
  });
  one.run(10);
  expect(one.events().get('Killing: Container c definition changed, will be restarted')).toBe(1);
  expect(stringAt(one.status(), 'image')).toBe('docker.io/library/nginx:1.28');
  expect(numberAt(one.status(), 'restartCount')).toBe(1);
});

it('fails a Pod that is active for longer than it may', () => {
  const one = new OnePod({ ...web, activeDeadlineSeconds: 15 }).run(12);
  expect(stringAt(one.pod(), 'status', 'phase')).toBe('Running');
  one.run(10);
  expect(one.pod()?.['status']).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
  expect(objectAt(one.status(), 'state', 'running')).toBeUndefined();
});
