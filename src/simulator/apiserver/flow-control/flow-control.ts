import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { formatHash, hashOf } from '../../../base/hash.ts';
import { stringAt } from '../../../base/json.ts';
import type { View } from '../../client/view.ts';
import type { ComponentId } from '../../component.ts';
import type { ApiRequest } from '../../messages.ts';
import { resourceKey } from '../served-resources.ts';
import type { Refusal } from '../status.ts';
import type { ApiServerState, Server } from '../state.ts';
import { CATCH_ALL, adjustSeats, levelsOf } from './levels.ts';
import type { Level } from './levels.ts';
import { inOrder, matchesSchema } from './match.ts';
import type { RequestDigest } from './match.ts';
import { dispatch, enter, giveUp, leave } from './queue-set.ts';

/** Priority and fairness of one server. Mutable plain data. */
export interface FlowControl {
  levels: Map<string, Level>;
  /** Revision of the configurations that the levels are of. */
  configured: number;
  /** Requests that have a seat, by `client/request`. */
  readonly seated: Map<string, Seated>;
  /** Requests that wait for one. */
  readonly queued: Map<string, Queued>;
  isAdjusting: boolean;
}

interface Seated {
  readonly level: string;
  readonly seats: number;
  readonly sinceMs: number;
  readonly queue: number | undefined;
}

interface Queued {
  readonly level: string;
  readonly from: ComponentId;
  readonly request: ApiRequest;
  readonly cause: number;
}

/** Names of timers: seats have become free; a request has waited too long; levels lend to each other. */
export const DISPATCH = 'flow-dispatch';
export const WAITED = 'flow-waited';
export const ADJUST = 'flow-adjust';

export function freshFlowControl(): FlowControl {
  return { levels: new Map(), configured: -1, seated: new Map(), queued: new Map(), isAdjusting: false };
}

/** What a FlowSchema says of a request. Never changes. */
interface Flow {
  readonly schema: string;
  readonly level: string;
  /** In hexadecimal. */
  readonly hash: string;
}

/**
 * Lets a request in, lets it wait, or refuses it.
 * Source: staging/src/k8s.io/apiserver/pkg/server/filters/priority-and-fairness.go, 1.36.
 */
export function classify(server: Server, from: ComponentId, request: ApiRequest): 'seated' | 'queued' | Refusal {
  const { state, context } = server;
  const { flow } = state;
  const configurations = viewOf(state, 'prioritylevelconfigurations');
  if (configurations.revision !== flow.configured) {
    const { serverSeats } = context.numbers.flowControl;
    flow.levels = levelsOf(configurations.list(), serverSeats, flow.levels, context.nowMs);
    flow.configured = configurations.revision;
  }
  const { level: name, hash } = flowOf(state, request);
  const level = flow.levels.get(name) ?? flow.levels.get(CATCH_ALL);
  if (level === undefined || level.isExempt) return 'seated';
  const key = `${from}/${request.id}`;
  const seats = seatsOf(server, request, level);
  const entered = enter(level, { key, seats }, hash, context.nowMs);
  if (entered.place === 'full') return TOO_MANY;
  if (entered.place === 'seated') {
    const { queue } = entered;
    flow.seated.set(key, Object.freeze({ level: level.name, seats, sinceMs: context.nowMs, queue }));
    return 'seated';
  }
  flow.queued.set(key, Object.freeze({ level: level.name, from, request, cause: context.cause }));
  context.timer(context.numbers.flowControl.queueWaitMs, WAITED, key);
  if (level.seatsInUse < level.seats) context.timer(0, DISPATCH, level.name);
  keepAdjusting(server);
  return 'queued';
}

/** Source: priority-and-fairness.go `tooManyRequests`, dropped_requests_tracker.go, 1.36: a client is to come again after a second. */
const TOO_MANY: Refusal = {
  code: 429,
  reason: 'TooManyRequests',
  message: 'Too many requests, please try again later.',
  details: { retryAfterSeconds: 1 },
};

function viewOf({ caches }: ApiServerState, plural: string): View {
  return caches.get(`${plural}.flowcontrol.apiserver.k8s.io`)!.view;
}

const known = new WeakMap<View, { readonly schemas: readonly KubernetesObject[]; readonly flows: Map<string, Flow> }>();

/** The first FlowSchema that fits; a request that is like one before has the same. */
function flowOf(state: ApiServerState, request: ApiRequest): Flow {
  const view = viewOf(state, 'flowschemas');
  let memory = known.get(view);
  if (memory === undefined) known.set(view, (memory = { schemas: inOrder(view.list()), flows: new Map() }));
  const { user, verb, path, resource, subresource = '', namespace = '' } = request;
  const key = `${user.name} ${verb} ${path ?? resourceKey(resource)}/${subresource} ${namespace} ${user.groups.join(' ')}`;
  let flow = memory.flows.get(key);
  if (flow === undefined) {
    const digest: RequestDigest = {
      user,
      verb,
      ...(path === undefined ? {} : { path }),
      group: resource.group,
      resource: resource.plural,
      subresource,
      namespace,
    };
    const schema = memory.schemas.find((one) => matchesSchema(digest, one));
    memory.flows.set(key, (flow = flowIn(schema, digest)));
  }
  return flow;
}

function flowIn(schema: KubernetesObject | undefined, { user, namespace }: RequestDigest): Flow {
  const name = schema === undefined ? CATCH_ALL : nameOf(schema);
  const method = stringAt(schema, 'spec', 'distinguisherMethod', 'type');
  const distinguisher = method === 'ByUser' ? user.name : method === 'ByNamespace' ? namespace : '';
  const hash = formatHash(hashOf(`${name},${distinguisher}`));
  const level = stringAt(schema, 'spec', 'priorityLevelConfiguration', 'name') ?? CATCH_ALL;
  return Object.freeze({ schema: name, level, hash });
}

/**
 * How wide a request is: a list by what it holds in memory at once, an object counted as a kilobyte.
 * Source: staging/src/k8s.io/apiserver/pkg/util/flowcontrol/request/list_work_estimator.go `seatsBasedOnObjectSize`, 1.36.
 */
function seatsOf({ state, context }: Server, { verb, name, resource, options = {} }: ApiRequest, level: Level): number {
  const { resourceVersion = '', sendInitialEvents, limit = 0, labelSelector, fieldSelector } = options;
  const isLate = verb === 'watch' && sendInitialEvents !== true && resourceVersion !== '' && resourceVersion !== '0';
  if ((verb !== 'list' && verb !== 'watch') || name !== undefined || isLate) return 1;
  const { objectsPerSeat, mostListSeats, mostCacheSeats } = context.numbers.flowControl;
  const stored = state.caches.get(resourceKey(resource))?.view.size ?? 0;
  const page = limit > 0 ? Math.min(limit, stored) : stored;
  const isPast = verb === 'list' && (options.resourceVersionMatch === 'Exact' || (options.continue ?? '') !== '');
  const isSelecting = labelSelector !== undefined || fieldSelector !== undefined;
  const objects = isPast && isSelecting ? Math.max(page, stored >> 1) : page;
  const wanted = Math.min(Math.ceil(objects / objectsPerSeat), isPast ? mostListSeats : mostCacheSeats);
  return Math.max(1, Math.min(wanted, mostSeatsOf(level)));
}

/** Source: staging/src/k8s.io/apiserver/pkg/util/flowcontrol/apf_controller.go `priorityLevelMaxSeatsPercent`, 1.36. */
function mostSeatsOf({ nominalSeats, queuing }: Level): number {
  return Math.min(Math.ceil(nominalSeats * 0.15), Math.floor(nominalSeats / (queuing?.handSize ?? 1)));
}

/** A request is answered: its seats are free for others. */
export function release({ state, context }: Server, from: ComponentId, request: ApiRequest): void {
  const { flow } = state;
  const key = `${from}/${request.id}`;
  const seated = flow.seated.get(key);
  if (seated === undefined) return;
  flow.seated.delete(key);
  const level = flow.levels.get(seated.level);
  if (level === undefined) return;
  leave(level, seated, context.nowMs);
  if (level.waiting > 0) context.timer(0, DISPATCH, level.name);
}

/** Requests of a level that have a seat from now on. */
export function dispatched({ state, context }: Server, name: string): readonly Queued[] {
  const { flow } = state;
  const level = flow.levels.get(name);
  if (level === undefined) return [];
  return dispatch(level, context.nowMs).flatMap(({ waiter, queue }) => {
    const request = flow.queued.get(waiter.key);
    flow.queued.delete(waiter.key);
    if (request === undefined) return [];
    const { seats } = waiter;
    flow.seated.set(waiter.key, Object.freeze({ level: name, seats, sinceMs: context.nowMs, queue }));
    return [request];
  });
}

/** A request that has waited too long, with what it is told; undefined where it does not wait any more. */
export function waited({ state, context }: Server, key: string): (Queued & { readonly refusal: Refusal }) | undefined {
  const { flow } = state;
  const queued = flow.queued.get(key);
  if (queued === undefined) return undefined;
  flow.queued.delete(key);
  const level = flow.levels.get(queued.level);
  if (level !== undefined) giveUp(level, key, context.nowMs);
  return { ...queued, refusal: TOO_MANY };
}

/** Levels lend to each other while somebody wants more than there is. */
function keepAdjusting({ state, context }: Server): void {
  if (state.flow.isAdjusting) return;
  state.flow.isAdjusting = true;
  context.timer(context.numbers.flowControl.adjustmentMs, ADJUST, undefined, { periodic: true });
}

export function adjust(server: Server): void {
  const { state, context } = server;
  const { flow } = state;
  adjustSeats(flow.levels, context.nowMs);
  flow.isAdjusting = false;
  const levels = [...flow.levels.values()];
  for (const { waiting, name } of levels) if (waiting > 0) context.timer(0, DISPATCH, name);
  if (levels.some(({ waiting, demand }) => waiting > 0 || demand.smoothed > 1)) keepAdjusting(server);
}
