import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { loggedId } from './kubelet-server.ts';
import { logsOf } from './logs.ts';
import type { RuntimeContainer } from './pod-runtime.ts';

const BEHAVIOUR: Behaviour = {
  match: {},
  logs: [
    { atMs: 3000, line: 'ready' },
    { atMs: 0, line: 'starts' },
    { atMs: 1000, line: 'reads its settings' },
  ],
};

/** A container that started ten seconds into the run. */
function container(more: Partial<RuntimeContainer> = {}): RuntimeContainer {
  const names = { id: '1', podUid: 'u', sandbox: 's', name: 'c', image: 'nginx', reason: '' };
  const numbers = { attempt: 0, startedAtMs: 10_000, finishedAtMs: 0, exitCode: 0 };
  return { ...names, ...numbers, state: 'running', behaviour: BEHAVIOUR, resources: {}, ...more };
}

describe('the log of a container', () => {
  it('has the lines that were written up to now, in order of time', () => {
    expect(logsOf(container(), 11_500)).toBe('starts\nreads its settings\n');
    expect(logsOf(container(), 60_000)).toBe('starts\nreads its settings\nready\n');
  });

  it('ends with the container, and does not begin before it', () => {
    expect(logsOf(container({ state: 'exited', finishedAtMs: 12_000 }), 60_000)).toBe('starts\nreads its settings\n');
    expect(logsOf(container({ state: 'created' }), 60_000)).toBe('');
  });

  it.each([
    [{ tailLines: 1 }, 'ready\n'],
    [{ tailLines: 0 }, ''],
    [{ sinceSeconds: 10 }, 'ready\n'],
    [{ limitBytes: 4 }, 'star'],
  ])('is told in part: %o', (options, text) => {
    expect(logsOf(container(), 20_000 + 3000, options)).toBe(text);
  });

  it('has the time of each line where it is asked for', () => {
    expect(logsOf(container(), 10_500, { timestamps: true })).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z starts\n$/,
    );
  });
});

describe('there is no log yet', () => {
  it.each([
    ['ErrImagePull', "is waiting to start: image can't be pulled"],
    ['ImagePullBackOff', 'is waiting to start: trying and failing to pull image'],
    ['ContainerCreating', 'is waiting to start: ContainerCreating'],
  ])('while the container waits with %s', (reason, words) => {
    const status = { name: 'c', state: { waiting: { reason } } };
    expect(loggedId(status, 'c', 'p', false)).toEqual({ problem: `container "c" in pod "p" ${words}` });
  });

  it('of a container that ran before', () => {
    const status = { name: 'c', containerID: 'containerd://1', state: { running: {} } };
    expect(loggedId(status, 'c', 'p', true)).toEqual({
      problem: 'previous terminated container "c" in pod "p" not found',
    });
    expect(loggedId(status, 'c', 'p', false)).toEqual({ id: 'containerd://1' });
  });
});
