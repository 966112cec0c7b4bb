import { beforeAll, describe, expect, it } from 'vitest';
import { numberAt, stringAt } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { OnePod } from './testing/one-pod.ts';

beforeAll(preloadKinds);

const get = { httpGet: { path: '/healthz', port: 80 }, periodSeconds: 2 };

function probed(probes: object, behaviour: Partial<Behaviour>): OnePod {
  return new OnePod({ containers: [{ name: 'c', image: 'nginx', ...probes }] }, [{ match: {}, ...behaviour }]);
}

describe('probes', () => {
  it('make a Pod ready, take that back after three failures, and give it again', () => {
    const one = probed(
      { readinessProbe: get },
      { readyAfterMs: 7000, notReady: [{ fromMs: 20_000, untilMs: 40_000 }] },
    );
    expect(one.run(6).condition('Ready')).toBe('False');
    expect(one.condition('ContainersReady')).toBe('False');
    expect(one.run(8).condition('Ready')).toBe('True');
    expect(one.run(16).condition('Ready')).toBe('False');
    expect(numberAt(one.status(), 'restartCount')).toBe(0);
    expect(one.run(20).condition('Ready')).toBe('True');
    const failures = one.events().get('Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503') ?? 0;
    expect(failures).toBeGreaterThanOrEqual(12);
    expect(failures).toBeLessThanOrEqual(16);
    // What succeeds as before is not told again and again.
    expect(one.trace('probe').length).toBeLessThan(failures + 6);
  });

  it('restart a container that is not alive any more, with its time to end', () => {
    const liveness = { ...get, failureThreshold: 3, terminationGracePeriodSeconds: 5 };
    const one = probed({ livenessProbe: liveness }, { unhealthyAfterMs: 10_000, stopMs: Infinity }).run(20);
    expect(one.events().get('Killing: Container c failed liveness probe, will be restarted')).toBe(1);
    expect(one.events().get('Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 503')).toBe(3);
    one.run(6);
    expect(numberAt(one.status(), 'restartCount')).toBe(1);
    expect(numberAt(one.status(), 'lastState', 'terminated', 'exitCode')).toBe(137);
  });

  it('hold the others back until a container has started, or end it', () => {
    const probes = { startupProbe: { ...get, failureThreshold: 10 }, livenessProbe: get, readinessProbe: get };
    const slow = probed(probes, { startMs: 12_000 }).run(10);
    expect(slow.status()).toMatchObject({ started: false, ready: false });
    const refused =
      /^Unhealthy: Startup probe failed: Get "http:\/\/10\.244\.\d+\.2:80\/healthz": dial tcp .*: connect: connection refused$/;
    expect(
      [...slow.events().keys()].filter((event) => event.startsWith('Unhealthy')).every((event) => refused.test(event)),
    ).toBe(true);
    expect(slow.run(10).status()).toMatchObject({ started: true, ready: true, restartCount: 0 });
    const never = probed({ startupProbe: { ...get, failureThreshold: 2 } }, { startMs: 60_000 }).run(15);
    expect(never.events().get('Killing: Container c failed startup probe, will be restarted')).toBeGreaterThanOrEqual(
      1,
    );
  });

  it.each([
    [
      { tcpSocket: { port: 80 } },
      { startMs: 60_000 },
      /Liveness probe failed: dial tcp 10\.244\.\d+\.2:80: connect: connection refused/,
    ],
    [
      { grpc: { port: 80 } },
      { startMs: 60_000 },
      /timeout: failed to connect service "10\.244\.\d+\.2:80" within 1s: context deadline exceeded/,
    ],
    [
      { exec: { command: ['check', '-x'] } },
      { exec: [{ command: 'check', exitCode: 1, output: 'bad' }] },
      /Liveness probe failed: bad$/,
    ],
    [
      { exec: { command: ['check'] } },
      { exec: [{ command: 'check', takesMs: 5000 }] },
      /command timed out: "check" timed out after 1s/,
    ],
    [
      { httpGet: { path: '/a', port: 'web' } },
      { http: [{ path: '/a', code: 500 }] },
      /HTTP probe failed with statuscode: 500/,
    ],
  ])('%j fail in their own words', (handler, behaviour, words) => {
    const container = {
      ports: [{ name: 'web', containerPort: 8080 }],
      livenessProbe: { ...handler, periodSeconds: 3 },
    };
    const one = probed(container, behaviour).run(12);
    expect([...one.events().keys()].find((event) => event.startsWith('Unhealthy'))).toMatch(words);
  });

  it('that fail for ever are not heard for ever, and the cluster comes to rest', () => {
    const one = probed({ readinessProbe: get }, { readyAfterMs: Infinity });
    expect(one.cluster.runUntilSettled(3_600_000)).toBe(true);
    expect(one.trace('probe').length).toBeLessThan(60);
    expect(stringAt(one.pod(), 'status', 'phase')).toBe('Running');
  });
});
