import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { ApiCall } from '../../client/api-client.ts';
import type { ReleaseNumbers } from '../../release/numbers.ts';
import { NUMBERS_1_36 } from '../../release/1.36.ts';
import { randomSource } from '../../kernel/random.ts';
import type { Controller, ManagerFlags, Outcome, ReconcileContext } from '../controller.ts';
import type { Reaction } from './fake-api.ts';
import { FakeApi } from './fake-api.ts';

export interface SyncCase {
  /** What the caches hold. */
  readonly objects: readonly KubernetesObject[];
  readonly key: string;
  /** In milliseconds of the run; an hour where left out, the `now` of upstream's tables. */
  readonly nowMs?: number;
  readonly memory?: unknown;
  /** What the last syncs of other keys left. */
  readonly memories?: ReadonlyMap<string, unknown>;
  /** Those of 1.36 where left out. */
  readonly numbers?: ReleaseNumbers;
  readonly flags?: ManagerFlags;
  readonly react?: Reaction;
  /** What the API server has, where it is not what the caches hold. */
  readonly stored?: readonly KubernetesObject[];
}

export interface SyncResult {
  readonly api: FakeApi;
  readonly calls: readonly ApiCall[];
  /** `Warning FailedCreate Error creating: …`. */
  readonly events: readonly string[];
  readonly outcome: Outcome | undefined;
  readonly memory: unknown;
  readonly enqueued: readonly string[];
}

export const NOW_MS = 3_600_000;

/** For tests: one sync of a key by a controller, all answers at once, as upstream's fixtures run it. */
export function runSync(
  controller: Controller,
  {
    objects,
    key,
    nowMs = NOW_MS,
    memory,
    memories,
    numbers = NUMBERS_1_36,
    react,
    stored = objects,
    flags = {},
  }: SyncCase,
): SyncResult {
  const caches = new FakeApi(objects);
  const api = new FakeApi(stored, react);
  const events: string[] = [];
  const enqueued: string[] = [];
  let remembered = memory;
  const outcome = controller.reconcile(
    {
      nowMs,
      numbers,
      flags,
      random: randomSource(1, controller.name),
      memory,
      memoryOf: (other) => memories?.get(other),
      view: (resource) => caches.view(resource),
      remember: (value) => (remembered = value),
      event: (_about, type, reason, message) => events.push(`${type} ${reason} ${message}`),
      enqueue: (other) => enqueued.push(other),
      once: (make) => make(),
      note: () => undefined,
      plugins: { call: () => ({ ok: true, result: {} }) },
      api: {
        call: (call) => api.call(call),
        callAll: (calls) => calls.map((call) => api.call(call)),
        sleep: () => undefined,
      },
    },
    key,
  );
  return { api, calls: api.calls, events, outcome: outcome ?? undefined, memory: remembered, enqueued };
}

/** For tests: what a function of a controller gives in a sync, and what it wrote. */
export function inSync<Value>(
  objects: readonly KubernetesObject[],
  run: (context: ReconcileContext) => Value,
  more: Partial<SyncCase> = {},
): { readonly value: Value; readonly result: SyncResult } {
  const given: Value[] = [];
  const controller: Controller = {
    name: 'controller',
    workers: 1,
    watches: [],
    reconcile: (context) => void given.push(run(context)),
  };
  const result = runSync(controller, { objects, key: '', ...more });
  const [value] = given as [Value];
  return { value, result };
}
