import { beforeAll, expect, it } from 'vitest';
import { OnePod } from '../testing/one-pod.ts';
import { preloadKinds } from '../../testing/built-in-kinds.ts';
import { stretched, throttled } from './throttle.ts';

beforeAll(preloadKinds);

it.each([
  ['with room for all of it', [[0, 200]], 400, 1000],
  ['at half of what it needs', [[0, 800]], 400, 2000],
  [
    'slowly at first, then as it likes',
    [
      [0, 800],
      [1000, 100],
    ],
    400,
    1500,
  ],
  [
    'freely at first, then slowly',
    [
      [0, 100],
      [500, 800],
    ],
    400,
    1500,
  ],
  ['and its use begins later', [[2000, 800]], 400, 1000],
] as const)('work of a second takes longer under a limit: %s', (_title, steps, limit, takesMs) => {
  expect(stretched({ steps: steps.map(([fromMs, value]) => ({ fromMs, value })) }, limit, 1000)).toBe(takesMs);
});

it('stretches starting, getting ready and what ends by itself, and nothing without a limit', () => {
  const cpuMillicores = { steps: [{ fromMs: 0, value: 1000 }] };
  const behaviour = { match: {}, cpuMillicores, startMs: 1000, readyAfterMs: 3000, exitAfterMs: 60_000, stopMs: 50 };
  expect(throttled(behaviour, { limits: { cpu: '250m' } })).toEqual({
    ...behaviour,
    startMs: 4000,
    readyAfterMs: 12_000,
    exitAfterMs: 240_000,
  });
  expect(throttled(behaviour, { limits: { memory: '1Gi' } })).toBe(behaviour);
  expect(throttled(behaviour, { limits: { cpu: '2' } })).toBe(behaviour);
});

it('lets a liveness probe end a container that a small limit keeps from starting in time, again and again', () => {
  const behaviours = [
    { match: { container: 'c' }, startMs: 10_000, cpuMillicores: { steps: [{ fromMs: 0, value: 1000 }] } },
  ];
  const livenessProbe = { httpGet: { path: '/', port: 80 }, periodSeconds: 5, failureThreshold: 4 };
  const podWith = (cpu: string) =>
    new OnePod(
      { nodeName: 'w1', containers: [{ name: 'c', image: 'web', livenessProbe, resources: { limits: { cpu } } }] },
      behaviours,
    ).run(90);
  expect(podWith('1').status()).toMatchObject({ restartCount: 0, ready: true });
  const slow = podWith('200m');
  expect(Number(slow.status()['restartCount'])).toBeGreaterThan(0);
  expect([...slow.events().keys()].join('\n')).toContain('Liveness probe failed');
});
