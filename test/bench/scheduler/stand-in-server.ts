import type { KubernetesObject } from '../../../src/apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../../src/apimachinery/object.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../src/base/json.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { View, keyOf } from '../../../src/simulator/client/view.ts';
import type { ComponentDefinition, ComponentId, Context } from '../../../src/simulator/component.ts';
import type { ApiRequest, WatchEvent } from '../../../src/simulator/messages.ts';

/**
 * In the place of the API server: keeps objects, binds, patches the status of Pods, deletes at once, and tells all of it to
 * those who watch. No authorization, no admission, no validation, no etcd: what is measured is the scheduler.
 */
export interface StandInServer {
  readonly views: Map<string, View>;
  readonly watches: {
    readonly id: number;
    readonly plural: string;
    readonly to: ComponentId;
    /** Messages that were sent. */
    told: number;
  }[];
  /** Labels of Pods that are counted, with the number of those that are bound. */
  readonly bound: Map<string, number>;
  revision: number;
}

export const STAND_IN = 'stand-in-server';
/** Timer with an `Order`. */
export const ORDER = 'order';
/** The value of this label says to which part of a workload a Pod belongs. */
export const PART = 'scheduler-perf/part';

export type Order =
  | { readonly create: KubernetesObject; readonly plural: string }
  | { readonly remove: string; readonly plural: string };

export const standInServer: ComponentDefinition<StandInServer> = {
  kind: STAND_IN,
  start: () => ({ views: new Map(), watches: [], bound: new Map(), revision: 1 }),
  handle(state, event, context) {
    if (event.type === 'timer') {
      for (const order of event.data as readonly Order[])
        if ('create' in order) write(state, order.plural, keyOfObject(order.create), order.create, context);
        else write(state, order.plural, order.remove, undefined, context);
    } else if (event.message.type === 'request') answer(state, event.from, event.message, context);
  },
};

function answer(state: StandInServer, from: ComponentId, request: ApiRequest, context: Context): void {
  const { plural } = request.resource;
  if (request.verb === 'watch') {
    state.watches.push({ id: request.id, plural, to: from, told: 1 });
    const view = viewOf(state, plural).at(state.revision);
    const message = { type: 'watch', id: request.id, number: 1, events: [], revision: state.revision, view } as const;
    context.send(from, { ...message, isInitialEnd: true }, { class: 'watch', verb: 'LIST' });
    return;
  }
  const body = plural === 'events' ? EVENT : changed(state, request, context);
  const code = body === undefined ? 404 : 200;
  context.send(
    from,
    { type: 'response', id: request.id, code, ...(body === undefined ? {} : { body }) },
    { class: 'response', verb: String(code) },
  );
}

const EVENT: KubernetesObject = { apiVersion: 'v1', kind: 'Event' };

/** The object after a write; undefined where it is not there. */
function changed(state: StandInServer, request: ApiRequest, context: Context): KubernetesObject | undefined {
  const { verb, resource, namespace, name = '', subresource, body } = request;
  const key = keyOf(namespace, name);
  const old = viewOf(state, resource.plural).getKey(key);
  if (old === undefined) return undefined;
  if (verb === 'delete') {
    write(state, resource.plural, key, undefined, context);
    return old;
  }
  const given = body as KubernetesObject;
  const next =
    subresource === 'binding'
      ? { ...old, spec: { ...objectAt(old, 'spec'), nodeName: stringAt(given, 'target', 'name') ?? '' } }
      : { ...old, status: mergedStatus(objectAt(old, 'status') ?? {}, objectAt(given, 'status') ?? {}) };
  if (subresource === 'binding') {
    const part = labelsOf(old).get(PART) ?? '';
    state.bound.set(part, (state.bound.get(part) ?? 0) + 1);
  }
  write(state, resource.plural, key, next, context);
  return next;
}

/** A strategic merge of what the scheduler writes: conditions by type, everything else as it is given. */
function mergedStatus(old: JsonObject, given: JsonObject): JsonObject {
  const conditions = new Map(
    [...arrayAt(old, 'conditions'), ...arrayAt(given, 'conditions')].map((condition) => [
      stringAt(condition, 'type') ?? '',
      condition,
    ]),
  );
  const status: Record<string, JsonObject[string]> = { ...old, ...given };
  if (conditions.size > 0) status['conditions'] = [...conditions.values()];
  for (const [field, value] of Object.entries(status)) if (value === null) delete status[field];
  return status;
}

function write(
  state: StandInServer,
  plural: string,
  key: string,
  object: KubernetesObject | undefined,
  context: Context,
): void {
  const before = viewOf(state, plural);
  const old = before.getKey(key);
  if (object === undefined && old === undefined) return;
  const revision = ++state.revision;
  const view = before.with(revision, key, object);
  state.views.set(plural, view);
  const event: WatchEvent = {
    type: object === undefined ? 'DELETED' : old === undefined ? 'ADDED' : 'MODIFIED',
    key,
    object: (object ?? old)!,
    revision,
    ...(old === undefined ? {} : { old }),
  };
  for (const watch of state.watches)
    if (watch.plural === plural)
      context.send(
        watch.to,
        { type: 'watch', id: watch.id, number: ++watch.told, events: [event], revision, view },
        { class: 'watch', verb: event.type, object: key },
      );
}

function viewOf({ views }: StandInServer, plural: string): View {
  return views.get(plural) ?? EMPTY;
}

const EMPTY = View.empty();

function keyOfObject(object: KubernetesObject): string {
  return keyOf(nameAt(object, 'metadata', 'namespace') === undefined ? undefined : namespaceOf(object), nameOf(object));
}
