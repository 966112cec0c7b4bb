import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { numberAt, objectAt, stringAt } from '../../base/json.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { OnePod } from './testing/one-pod.ts';

beforeAll(preloadKinds);

const plain = (name: string, more: JsonObject = {}) => ({ name, image: 'nginx:1.27', ...more });
const pinned = (...containers: readonly JsonObject[]) => ({ nodeName: 'w1', containers: [...containers] });

describe('a kubelet that starts anew', () => {
  it('finds its containers running and leaves them', () => {
    const probes = { readinessProbe: { httpGet: { port: 80 }, periodSeconds: 30 } };
    const one = new OnePod(pinned(plain('c', probes))).run(40);
    expect(one.condition('Ready')).toBe('True');
    const [before, patched] = [one.status(), one.trace('request').length];
    one.cluster.setRunning('kubelet/w1', false);
    one.run(20);
    one.cluster.setRunning('kubelet/w1', true);
    one.run(5);
    expect(one.status()).toEqual(before);
    expect(one.condition('Ready')).toBe('True');
    one.run(60);
    expect(one.status()).toEqual(before);
    const since = one
      .trace('cri')
      .filter(({ timeMs }) => timeMs > 45_000)
      .map(({ verb }) => verb);
    expect(new Set(since)).toEqual(new Set(['ListPodSandbox', 'UpdateRuntimeConfig']));
    expect(one.trace('request').length).toBeGreaterThan(patched);
  });

  it('learns what ended, and what was deleted, while it was away', () => {
    const one = new OnePod(pinned(plain('c')), [{ match: {}, crashAfterMs: 20_000, crashes: 1 }]).run(10);
    one.cluster.setRunning('kubelet/w1', false);
    one.run(30);
    one.cluster.setRunning('kubelet/w1', true);
    one.run(10);
    expect(one.status()).toMatchObject({ restartCount: 1, state: { running: {} } });
    one.cluster.setRunning('kubelet/w1', false);
    one.delete();
    one.run(5);
    expect(one.pod()).toBeDefined();
    one.cluster.setRunning('kubelet/w1', true);
    one.run(10);
    expect(one.pod()).toBeUndefined();
  });
});

describe('a Node', () => {
  it('that was off starts its Pods in new sandboxes', () => {
    const one = new OnePod(pinned(plain('c'))).run(10);
    const address = stringAt(one.pod(), 'status', 'podIP');
    one.cluster.fault({ fault: 'node-failure', target: 'w1', forMs: 20_000 });
    one.run(40);
    expect(one.events().get('SandboxChanged: Pod sandbox changed, it will be killed and re-created.')).toBe(1);
    expect(one.status()).toMatchObject({
      restartCount: 1,
      state: { running: {} },
      lastState: { terminated: { exitCode: 255, reason: 'Unknown' } },
    });
    expect(stringAt(one.pod(), 'status', 'podIP')).toMatch(/^10\.244\./);
    expect(address).toMatch(/^10\.244\./);
    const told = one.cluster.objects().flatMap((object) => stringAt(object, 'message') ?? []);
    expect(told).toContain('Node w1 has been rebooted, boot id: boot-2');
    // The image is still there.
    expect(one.events().get('Pulling: Pulling image "nginx:1.27"')).toBe(1);
  });

  it('that was cut off catches up with its Pods', () => {
    const one = new OnePod(pinned(plain('c'))).run(10);
    one.cluster.fault({ fault: 'node-partition', target: 'w1', forMs: 20_000 });
    one.run(5).make('q', pinned(plain('c')));
    one.run(120);
    expect(stringAt(one.pod('q'), 'status', 'phase')).toBe('Running');
    expect(one.status()).toMatchObject({ restartCount: 0, state: { running: {} } });
  });
});

describe('rules for restarts', () => {
  it('restart a container for some codes although its Pod does not', () => {
    const rules = [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }];
    const spec = {
      restartPolicy: 'Never',
      containers: [plain('c', { restartPolicy: 'Never', restartPolicyRules: rules })],
    };
    const again = new OnePod(spec, [
      { match: {}, crashAfterMs: 1000, exitCode: 42, crashes: 1, exitAfterMs: 5000 },
    ]).run(20);
    expect(numberAt(again.status(), 'restartCount')).toBe(1);
    expect(stringAt(again.pod(), 'status', 'phase')).toBe('Succeeded');
    const once = new OnePod(spec, [{ match: {}, crashAfterMs: 1000, exitCode: 43 }]).run(20);
    expect(numberAt(once.status(), 'restartCount')).toBe(0);
    expect(stringAt(once.pod(), 'status', 'phase')).toBe('Failed');
  });

  it('restart all containers of a Pod in the same sandbox', () => {
    const rules = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [88] } }];
    const watcher = plain('w', { restartPolicy: 'Never', restartPolicyRules: rules });
    const behaviours = [{ match: { container: 'w' }, crashAfterMs: 5000, exitCode: 88, crashes: 1 }];
    const one = new OnePod({ restartPolicy: 'Never', containers: [plain('c'), watcher] }, [
      ...behaviours,
      { match: {}, exitAfterMs: 600_000 },
    ]).run(30);
    expect(numberAt(one.status('c'), 'restartCount')).toBe(1);
    expect(numberAt(one.status('w'), 'restartCount')).toBe(1);
    expect(objectAt(one.status('c'), 'state', 'running')).toBeDefined();
    expect(one.condition('AllContainersRestarting')).toBe('False');
    expect(one.trace('cri').filter(({ verb }) => verb === 'RunPodSandbox')).toHaveLength(2);
  });
});

it('a container that takes more memory than it may is killed', () => {
  const steps = [
    { fromMs: 0, value: 50_000_000 },
    { fromMs: 5000, value: 200_000_000 },
  ];
  const limits = { resources: { limits: { memory: '100Mi' } } };
  const one = new OnePod({ containers: [plain('c', limits)] }, [{ match: {}, memoryBytes: { steps } }]).run(8);
  expect(
    objectAt(one.status(), 'state', 'terminated') ?? objectAt(one.status(), 'lastState', 'terminated'),
  ).toMatchObject({
    exitCode: 137,
    reason: 'OOMKilled',
  });
});
