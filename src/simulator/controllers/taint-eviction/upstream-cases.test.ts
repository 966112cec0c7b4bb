import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isKubernetesObject, nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt, valueAt } from '../../../base/json.ts';
import { upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { WatchEvent } from '../../messages.ts';
import type { Controller } from '../controller.ts';
import { NODES, PODS } from '../resources.ts';
import { FakeApi } from '../testing/fake-api.ts';
import { runSync } from '../testing/run-sync.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { leastTolerationMs, taintEviction } from './taint-eviction.ts';

/** How long upstream's tests wait for what they expect. Source: taint_eviction_test.go `verifyPodActions`. */
const WAITS_MS = 5000;

/** The controller with its caches and its queue, through the moments of a case. */
class Run {
  readonly deleted: { readonly atMs: number; readonly name: string }[] = [];
  readonly events: string[] = [];
  private readonly memories = new Map<string, unknown>();
  private readonly due = new Map<string, number>();
  private objects: readonly KubernetesObject[] = [];
  private revision = 0;

  /** What the caches see at a moment, in milliseconds. */
  see(atMs: number, objects: readonly KubernetesObject[]): void {
    this.runUntil(atMs);
    const before = this.objects;
    this.objects = objects;
    const changes = [...objects, ...before.filter((old) => !objects.some((one) => isOf(one, old)))];
    for (const object of changes) {
      const old = before.find((one) => isOf(one, object));
      const isGone = !objects.includes(object);
      if (old !== undefined && !isGone && JSON.stringify(old) === JSON.stringify(object)) continue;
      this.tell(atMs, isGone ? 'DELETED' : old === undefined ? 'ADDED' : 'MODIFIED', object, old);
    }
  }

  runUntil(atMs: number): void {
    for (;;) {
      const next = [...this.due].filter(([, dueMs]) => dueMs <= atMs).toSorted(([, a], [, b]) => a - b)[0];
      if (next === undefined) return;
      this.sync(...next);
    }
  }

  isQueued(key: string): boolean {
    return this.memories.get(key) !== undefined;
  }

  private tell(atMs: number, type: WatchEvent['type'], object: KubernetesObject, old?: KubernetesObject): void {
    const resource = object.kind === 'Node' ? NODES : PODS;
    const watch = (taintEviction as Controller).watches.find((one) => one.resource.plural === resource.plural)!;
    const caches = new FakeApi(this.objects);
    const key = resource === NODES ? nameOf(object) : `default/${nameOf(object)}`;
    const event = { type, key, object, revision: ++this.revision, ...(old === undefined ? {} : { old }) };
    for (const wanted of watch.keysOf(event, { view: (of) => caches.view(of) }))
      this.sync(typeof wanted === 'string' ? wanted : wanted.key, atMs);
  }

  private sync(key: string, nowMs: number): void {
    this.due.delete(key);
    const memory = this.memories.get(key);
    const result = runSync(taintEviction, { objects: this.objects, key, nowMs, memory });
    this.memories.set(key, result.memory);
    this.events.push(...result.events);
    const { outcome } = result;
    if (outcome !== undefined && 'requeueAfterMs' in outcome) this.due.set(key, nowMs + outcome.requeueAfterMs);
    const patched = result.calls.some(({ verb }) => verb === 'patch');
    const deleted = result.calls.filter(({ verb }) => verb === 'delete');
    expect(patched).toBe(deleted.length > 0);
    for (const { name = '' } of deleted) this.deleted.push({ atMs: nowMs, name });
    if (deleted.length > 0) this.objects = this.objects.filter((object) => `default/${nameOf(object)}` !== key);
  }
}

function isOf(a: KubernetesObject, b: KubernetesObject): boolean {
  return a.kind === b.kind && nameOf(a) === nameOf(b);
}

function play(one: UpstreamCase): void {
  const run = new Run();
  const gone = (object: KubernetesObject): boolean => run.deleted.some(({ name }) => name === nameOf(object));
  arrayAt(one, 'steps').forEach((step, at) => {
    const objects = [valueAt(step, 'node'), ...arrayAt(step, 'pods')].filter(isKubernetesObject);
    run.see(
      numberAt(step, 'atMs')!,
      objects.filter((object) => !gone(object)),
    );
    const queued = arrayAt(one, 'queuedAfter')[at];
    if (queued !== undefined) expect(run.isQueued('default/pod1')).toBe(queued);
  });
  const lastMs = numberAt(arrayAt(one, 'steps').at(-1), 'atMs')!;
  run.runUntil(numberAt(one, 'endMs') ?? lastMs + WAITS_MS);
  expect(run.deleted).toEqual(arrayAt(one, 'deleted'));
  const events = valueAt(one, 'events');
  if (events !== undefined) expect(run.events).toEqual(events);
}

runUpstreamTests(new URL('./testdata/taint-eviction.json', import.meta.url), {
  '*': play,
  TestGetMinTolerationTime(one) {
    const leastMs = leastTolerationMs(arrayAt(one, 'tolerations'));
    expect(leastMs === Infinity ? -1 : leastMs).toBe(numberAt(one, 'expectedMs'));
  },
});

upstreamLeftOut(
  { area: 'controllers', file: 'pkg/controller/tainteviction/timed_workers_test.go', release: '1.36.2' },
  Object.fromEntries(
    ['TestExecute', 'TestExecuteDelayed', 'TestCancel', 'TestCancelAndRead'].map((name) => [
      name,
      'counts what goroutines of its own queue do; here a sync comes again at its time',
    ]),
  ),
);
