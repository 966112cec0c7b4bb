import { beforeAll, describe, expect, it } from 'vitest';
import { objectAt, stringAt } from '../../base/json.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { OnePod } from './testing/one-pod.ts';

beforeAll(preloadKinds);

const plain = (name: string, more: object = {}) => ({ name, image: 'nginx:1.27', ...more });

/** When the runtime was asked to stop containers, and when they had ended, in seconds after a moment. */
function stops(one: OnePod, sinceMs: number): readonly string[] {
  return one.cluster.trace
    .after(0)
    .filter(
      ({ verb, from, timeMs }) =>
        timeMs >= sinceMs && (verb === 'ContainerExited' || (verb === 'StopContainer' && from.startsWith('kubelet'))),
    )
    .map(({ verb, detail, timeMs }) => {
      const name = stringAt(detail, 'container') ?? stringAt(detail, 'name') ?? '';
      return `${verb === 'StopContainer' ? 'stop' : 'gone'} ${name} ${Math.floor((timeMs - sinceMs) / 1000)}`;
    });
}

describe('the end of a Pod', () => {
  it('comes with SIGTERM, and with SIGKILL after its time; then the object goes', () => {
    const spec = { terminationGracePeriodSeconds: 10, containers: [plain('c')] };
    const one = new OnePod(spec, [{ match: {}, stopMs: Infinity }]).run(10);
    one.delete();
    one.run(9);
    expect(objectAt(one.status(), 'state', 'running')).toBeDefined();
    one.run(4);
    expect(one.pod()).toBeUndefined();
    expect(one.events().get('Killing: Stopping container c')).toBe(1);
    const last = one.cluster.trace
      .after(0)
      .filter(({ verb, object }) => verb === 'PATCH' && object === 'Pod/default/p')
      .at(-1);
    expect(last?.body).toMatchObject({
      status: { phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 137, reason: 'Error' } } }] },
    });
  });

  it('lets sidecars end last, the last of them first', () => {
    const initContainers = [plain('a', { restartPolicy: 'Always' }), plain('b', { restartPolicy: 'Always' })];
    const one = new OnePod({ initContainers, containers: [plain('c')] }, [{ match: {}, stopMs: 2000 }]).run(20);
    expect(stringAt(one.pod(), 'status', 'phase')).toBe('Running');
    const since = one.cluster.nowMs;
    one.delete();
    one.run(10);
    const [first] = stops(one, since);
    const at = Number((first ?? '').split(' ')[2]);
    expect(stops(one, since)).toEqual([
      `stop c ${at}`,
      `gone c ${at + 2}`,
      `stop b ${at + 2}`,
      `gone b ${at + 4}`,
      `stop a ${at + 4}`,
      `gone a ${at + 6}`,
    ]);
    expect(one.pod()).toBeUndefined();
  });

  it.each([
    ['sleeps', { sleep: { seconds: 4 } }, 4],
    ['runs a command', { exec: { command: ['drain'] } }, 3],
    ['asks', { httpGet: { port: 80, path: '/quit' } }, 0],
  ])('waits for a hook that %s', (_what, preStop, seconds) => {
    const exec = [{ command: 'drain', takesMs: 3000 }];
    const one = new OnePod({ containers: [plain('c', { lifecycle: { preStop } })] }, [{ match: {}, exec }]).run(10);
    const since = one.cluster.nowMs;
    one.delete();
    one.run(15);
    const killed = one.cluster.trace
      .after(0)
      .find(({ verb, object, timeMs }) => timeMs >= since && verb === 'POST' && object?.startsWith('Event/') === true);
    const [stop] = stops(one, since);
    const began = Math.floor(((killed?.timeMs ?? 0) - since) / 1000);
    expect(stop).toBe(`stop c ${began + seconds}`);
    expect(one.pod()).toBeUndefined();
  });

  it('does not wait longer for a hook than the Pod may take, and says that one has failed', () => {
    const exec = [
      { command: 'forever', takesMs: 60_000 },
      { command: 'bad', exitCode: 1 },
    ];
    const spec = (command: string) => ({
      terminationGracePeriodSeconds: 5,
      containers: [plain('c', { lifecycle: { preStop: { exec: { command: [command] } } } })],
    });
    const late = new OnePod(spec('forever'), [{ match: {}, exec }]).run(10);
    late.delete();
    expect(late.run(9).pod()).toBeUndefined();
    const bad = new OnePod(spec('bad'), [{ match: {}, exec }]).run(10);
    bad.delete();
    expect(bad.run(5).events().get('FailedPreStopHook: PreStopHook failed')).toBe(1);
  });

  it('is at once for whoever does not want to wait, and still comes on the Node', () => {
    const one = new OnePod({ containers: [plain('c')] }).run(10);
    const since = one.cluster.nowMs;
    one.delete(0);
    one.run(0.5);
    expect(one.pod()).toBeUndefined();
    one.run(5);
    expect(stops(one, since).map((stop) => stop.split(' ')[0])).toEqual(['stop', 'gone']);
    expect(one.cluster.trace.after(0).at(-1)).toBeDefined();
  });
});

describe('a hook after the start', () => {
  it('that fails ends the container', () => {
    const lifecycle = { postStart: { exec: { command: ['init'] } } };
    const exec = [{ command: 'init', exitCode: 3, output: 'no' }];
    const one = new OnePod({ containers: [plain('c', { lifecycle })] }, [{ match: {}, exec }]).run(12);
    expect(one.events().get('FailedPostStartHook: PostStartHook failed')).toBeGreaterThanOrEqual(1);
    expect(one.events().get('Killing: FailedPostStartHook')).toBeGreaterThanOrEqual(1);
    expect(objectAt(one.status(), 'state', 'running')).toBeUndefined();
  });

  it('that takes long keeps the Pod from being told as running', () => {
    const lifecycle = { postStart: { sleep: { seconds: 6 } } };
    const one = new OnePod({ containers: [plain('c', { lifecycle })] }).run(6);
    expect(stringAt(one.pod(), 'status', 'phase')).toBe('Pending');
    expect(stringAt(one.run(6).pod(), 'status', 'phase')).toBe('Running');
  });
});
