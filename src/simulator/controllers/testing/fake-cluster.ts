import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { objectAt } from '../../../base/json.ts';
import { BUILT_IN, indexesOf } from '../../apiserver/served-resources.ts';
import type { ApiCall, ApiResult } from '../../client/api-client.ts';
import { View, keyOf } from '../../client/view.ts';
import { NUMBERS_1_36 } from '../../release/1.36.ts';
import type { ResourceName } from '../../messages.ts';
import { randomSource } from '../../kernel/random.ts';
import type { Controller, Outcome, PluginAnswer, PluginCall, ReconcileContext } from '../controller.ts';

interface ToldEvent {
  readonly about: KubernetesObject;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** How a call is answered instead of being carried out; undefined where it is. */
export type Reaction = (call: ApiCall) => ApiResult | undefined;

/**
 * For tests of single syncs, as upstream's fake clients: caches with objects, and a server that takes every write. Objects
 * that only the server has are given apart.
 */
export class FakeCluster {
  readonly calls: ApiCall[] = [];
  readonly events: ToldEvent[] = [];
  readonly enqueued: string[] = [];
  /** What the last sync left for the next. */
  memory: unknown;
  private readonly stores = new Map<string, Map<string, KubernetesObject>>();
  private readonly views = new Map<string, View>();
  private readonly nowMs: number;
  private readonly react: Reaction;
  private readonly plugin: (call: PluginCall) => PluginAnswer;

  /** `nowMs` in milliseconds of the run. */
  constructor(
    cached: readonly KubernetesObject[],
    { nowMs = 0, onServer = [], react = () => undefined, plugin = () => YES }: FakeOptions = {},
  ) {
    this.nowMs = nowMs;
    this.react = react;
    this.plugin = plugin;
    for (const object of [...cached, ...onServer]) this.store(plural(object)).set(keyIn(object), object);
    for (const object of cached) {
      const resource = plural(object);
      this.views.set(resource, this.viewOf(resource).with(1, keyIn(object), object));
    }
  }

  reconcile(controller: Controller, key: string): Outcome | undefined {
    return controller.reconcile(this.context(), key) ?? undefined;
  }

  context(): ReconcileContext {
    return {
      nowMs: this.nowMs,
      numbers: NUMBERS_1_36,
      flags: {},
      random: randomSource(1, 'test'),
      memory: this.memory,
      memoryOf: () => undefined,
      plugins: { call: (call) => this.plugin(call) },
      api: {
        call: (call) => this.call(call),
        callAll: (calls) => calls.map((call) => this.call(call)),
        sleep: () => undefined,
      },
      view: ({ plural: name }) => this.viewOf(name),
      remember: (value) => void (this.memory = value),
      event: (about, type, reason, message) => void this.events.push({ about, type, reason, message }),
      enqueue: (name) => void this.enqueued.push(name),
      once: (make) => make(),
      note: () => undefined,
    };
  }

  objects(resource: ResourceName): readonly KubernetesObject[] {
    return [...this.store(resource.plural).values()];
  }

  private store(resource: string): Map<string, KubernetesObject> {
    const found = this.stores.get(resource) ?? new Map<string, KubernetesObject>();
    this.stores.set(resource, found);
    return found;
  }

  private viewOf(resource: string): View {
    const served = BUILT_IN.find(({ plural: name }) => name === resource);
    return this.views.get(resource) ?? View.empty(served === undefined ? [] : indexesOf(served));
  }

  private call(call: ApiCall): ApiResult {
    this.calls.push(call);
    const answer = this.react(call);
    if (answer !== undefined) return answer;
    const { verb, resource, namespace, subresource } = call;
    const store = this.store(resource.plural);
    const body = call.body as KubernetesObject | undefined;
    const name = call.name ?? (body === undefined ? '' : nameOf(body));
    const key = keyOf(namespace, name);
    const before = store.get(key);
    if (verb === 'list') {
      const items = [...store.values()].filter((object) => namespaceOf(object) === namespace);
      return ok({ apiVersion: 'v1', kind: 'List', items });
    }
    if (verb === 'create') {
      if (before !== undefined || body === undefined) return refused(409, 'AlreadyExists', `${name} already exists`);
      store.set(key, body);
      return ok(body);
    }
    if (before === undefined) return refused(404, 'NotFound', `${resource.plural} "${name}" not found`);
    if (verb === 'delete') store.delete(key);
    else if (body !== undefined) store.set(key, written(before, body, subresource, verb === 'patch'));
    return ok(store.get(key) ?? before);
  }
}

const YES: PluginAnswer = Object.freeze({ ok: true, result: {} });

interface FakeOptions {
  readonly nowMs?: number;
  readonly onServer?: readonly KubernetesObject[];
  readonly react?: Reaction;
  /** What plugins say; nothing but yes where left out. */
  readonly plugin?: (call: PluginCall) => PluginAnswer;
}

/** The status belongs to its subresource, the rest to the object. */
function written(
  before: KubernetesObject,
  body: KubernetesObject,
  subresource: string | undefined,
  isPatch: boolean,
): KubernetesObject {
  if (isPatch) return { ...before, status: { ...objectAt(before, 'status'), ...objectAt(body, 'status') } };
  if (subresource === 'status') return { ...before, status: body['status'] };
  return before['status'] === undefined ? body : { ...body, status: before['status'] };
}

function keyIn(object: KubernetesObject): string {
  return keyOf(namespaceOf(object), nameOf(object));
}

function plural({ kind, apiVersion }: KubernetesObject): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const found = BUILT_IN.find((served) => served.kind === kind && served.group === group);
  return found?.plural ?? `${kind.toLowerCase()}s`;
}

function ok(object: KubernetesObject): ApiResult {
  return { ok: true, code: 200, object, warnings: [] };
}

export function refused(code: number, reason: string, message: string): ApiResult {
  return { ok: false, code, reason, message };
}
