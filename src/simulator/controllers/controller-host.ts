import type { ApiCall, ApiResult } from '../client/api-client.ts';
import { THROTTLED, apiClient, askedAgain, resultOf, sendCall, sendRequest } from '../client/api-client.ts';
import {
  REWATCH,
  endOfWatch,
  idleInformer,
  informerOf,
  observeWatch,
  rewatch,
  startInformer,
  watchEnded,
} from '../client/informer.ts';
import { eventRecorder, isRecorderRequest, recorderAnswered } from '../client/event-recorder.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { FlowRun, resumeFlow } from '../kernel/flow.ts';
import type { ApiRequest, ApiResponse, InformedMessage, UserInfo, WatchEvent, WatchEvents } from '../messages.ts';
import type { Caches, Controller, ManagerFlags, Outcome, PluginAnswer, PluginCall } from './controller.ts';
import type { ControllerState, Sync } from './controller-state.ts';
import { isBehind, noteWrite } from './own-writes.ts';
import { CALL_TIMEOUT, answerFrom, callPlugin, timedOut } from './plugin-calls.ts';
import { Reconciling, indexOf } from './reconciling.ts';
import { CONTROLLER_MANAGER, resourceName } from './shared-informers.ts';
import { add, done, emptyWorkqueue, failedDelayMs, forget, take } from './workqueue.ts';

export interface ControllerSettings {
  readonly server: ComponentId;
  /** Whether its process has shared informers, which tell it of what it watches; else it watches by itself. */
  readonly isInformed?: boolean;
  /** Who it is, where it is no part of kube-controller-manager. */
  readonly user?: UserInfo;
  readonly agent?: string;
  readonly flags?: ManagerFlags;
}

const DUE = 'due';
const CHECK = 'check';
const AWAKE = 'awake';
const RESYNC = 'resync';

/** Runs one controller: its caches, its queue, its workers. */
export function controllerComponent(controller: Controller): ComponentDefinition<ControllerState> {
  const host = new Host(controller);
  return {
    kind: controller.name,
    start: (context, settings) => host.start(context, settings as ControllerSettings),
    handle(state, event, context) {
      if (event.type === 'timer') return host.timer(state, event.name, event.data, context);
      const { message } = event;
      if (message.type === 'watch') host.watch(state, event.from, message, context);
      else if (message.type === 'informed') host.informed(state, message, context);
      else if (message.type === 'response') host.response(state, message, context);
      else if (message.type === 'answer') host.plugin(state, message.id, answerFrom(message), context);
    },
  };
}

class Host {
  private readonly controller: Controller;
  /** Place of a resource in `watches`, by its name. */
  private readonly places: ReadonlyMap<string, number>;

  constructor(controller: Controller) {
    this.controller = controller;
    this.places = new Map(controller.watches.map(({ resource }, index) => [resourceName(resource), index]));
  }

  start(
    context: Context,
    { server, isInformed = false, user: own, agent, flags = {} }: ControllerSettings,
  ): ControllerState {
    const { name, account = name, reportsAs = name, process = CONTROLLER_MANAGER, watches, resync } = this.controller;
    const isServer = process === 'kube-apiserver';
    const who = agent ?? process;
    const user = own ?? { name: `system:serviceaccount:kube-system:${account}`, groups: CONTROLLER_GROUPS };
    const manager = { name: `system:${CONTROLLER_MANAGER}`, groups: ['system:authenticated'] };
    const watcher = apiClient(server, own ?? (isServer ? LOOPBACK : manager), who);
    const client = isServer ? watcher : apiClient(server, user, who, context.numbers.clientLimits[who]);
    if (resync !== undefined) context.timer(periodOf(resync, flags), RESYNC, undefined, { periodic: true });
    return {
      flags: Object.freeze(flags),
      client,
      watcher,
      informers: watches.map(({ resource }) =>
        isInformed ? idleInformer({ resource }) : startInformer({ resource }, watcher, context),
      ),
      queue: emptyWorkqueue(),
      recorder: eventRecorder(reportsAs),
      syncs: new Map(),
      calls: new Map(),
      pluginCalls: new Map(),
      memories: new Map(),
      checks: new Map(),
      delayed: new Map(),
      written: new Map(),
    };
  }

  watch(state: ControllerState, from: ComponentId, message: WatchEvents, context: Context): void {
    const index = informerOf(state.informers, from, message, context);
    const informer = state.informers[index];
    if (informer === undefined) return;
    const ended = endOfWatch(informer, message);
    if (ended !== undefined) return watchEnded(informer, ended, index, context);
    this.changed(state, index, observeWatch(informer, message), context);
    this.work(state, context);
  }

  /** A shared informer of the process tells of what it heard. */
  informed(state: ControllerState, { resource, events, view }: InformedMessage, context: Context): void {
    const index = this.places.get(resource);
    const informer = index === undefined ? undefined : state.informers[index];
    if (index === undefined || informer === undefined) return;
    const isNew = !informer.hasSynced;
    informer.view = view;
    informer.hasSynced = true;
    const isWanted = this.changed(state, index, events, context);
    if (isWanted || isNew) this.work(state, context);
  }

  /** Puts into the queue what is to be reconciled after changes; false where nothing is. */
  private changed(state: ControllerState, index: number, events: readonly WatchEvent[], context: Context): boolean {
    const { keysOf } = this.controller.watches[index]!;
    const caches = this.caches(state);
    let isWanted = false;
    for (const event of events)
      for (const wanted of keysOf(event, caches)) {
        isWanted = true;
        if (typeof wanted === 'string') add(state.queue, wanted);
        else this.later(state, wanted.key, wanted.afterMs, context);
      }
    return isWanted;
  }

  timer(state: ControllerState, name: string, data: unknown, context: Context): void {
    if (name === DUE || name === CHECK) {
      const key = data as string;
      // Another time has been set since.
      if (state.delayed.get(key) !== context.nowMs) return;
      state.delayed.delete(key);
      add(state.queue, key);
    } else if (name === THROTTLED) return sendRequest(state.client, data as ApiRequest, context);
    else if (name === REWATCH) return rewatch(state.informers[data as number]!, state.watcher, context);
    else if (name === AWAKE) return this.answered(state, data as string, context);
    else if (name === CALL_TIMEOUT) return this.plugin(state, data as number, timedOut(), context);
    else if (name === RESYNC) {
      const resync = this.controller.resync!;
      for (const key of resync.keysOf(this.caches(state))) add(state.queue, key);
      context.timer(periodOf(resync, state.flags), RESYNC, undefined, { periodic: true });
    }
    this.work(state, context);
  }

  response(state: ControllerState, message: ApiResponse, context: Context): void {
    if (askedAgain(message, context)) return;
    const call = state.calls.get(message.id);
    if (call === undefined) {
      if (isRecorderRequest(state.recorder, message.id)) return recorderAnswered(state.recorder, message);
      const index = state.informers.findIndex(({ watchId }) => watchId === message.id);
      if (index >= 0) watchEnded(state.informers[index]!, message.code, index, context);
      return;
    }
    state.calls.delete(message.id);
    const sync = state.syncs.get(call.key)!;
    const result = resultOf(message);
    sync.answers[call.index] = result;
    if (result.ok && this.controller.readsOwnWrites === true) noteWrite(state, call.key, result.object);
    if (--sync.missing > 0) return;
    sync.journal.push(sync.answers);
    this.run(state, sync, context);
    this.work(state, context);
  }

  /** A plugin has answered, or has not for too long. */
  plugin(state: ControllerState, id: number, answer: PluginAnswer, context: Context): void {
    const call = state.pluginCalls.get(id);
    if (call === undefined) return;
    state.pluginCalls.delete(id);
    context.relax(CALL_TIMEOUT, id);
    const sync = state.syncs.get(call.key)!;
    sync.answers[call.index] = answer;
    if (--sync.missing > 0) return;
    sync.journal.push(sync.answers);
    this.run(state, sync, context);
    this.work(state, context);
  }

  private answered(state: ControllerState, key: string, context: Context): void {
    const sync = state.syncs.get(key);
    if (sync === undefined) return;
    sync.journal.push(null);
    this.run(state, sync, context);
    this.work(state, context);
  }

  /** Gives free workers something to do. */
  private work(state: ControllerState, context: Context): void {
    if (!state.informers.every(({ hasSynced }) => hasSynced)) return;
    while (state.syncs.size < this.controller.workers) {
      const key = take(state.queue);
      if (key === undefined) return;
      if (isBehind(state, key)) {
        done(state.queue, key);
        this.later(state, key, BEHIND_MS, context);
        continue;
      }
      const sync: Sync = {
        key,
        startedMs: context.nowMs,
        views: Object.freeze(state.informers.map(({ view }) => view)),
        journal: [],
        cause: context.cause,
        answers: [],
        missing: 0,
      };
      state.syncs.set(key, sync);
      this.run(state, sync, context);
    }
  }

  private run(state: ControllerState, sync: Sync, context: Context): void {
    const run = new FlowRun<ApiCall | PluginCall, ApiResult | PluginAnswer>(sync);
    const later = (key: string, afterMs: number): void => this.later(state, key, afterMs, context);
    const reconciling = new Reconciling(this.controller, state, sync, run, context, later);
    const outcome = resumeFlow(run, () => this.controller.reconcile(reconciling, sync.key));
    if (outcome.done) return this.finish(state, sync, outcome.result ?? undefined, reconciling, context);
    if (outcome.wait.type === 'sleep') return context.timer(outcome.wait.delayMs, AWAKE, sync.key);
    const { calls } = outcome.wait;
    sync.answers = calls.map(() => undefined);
    sync.missing = calls.length;
    calls.forEach((call, index) => {
      if ('method' in call) state.pluginCalls.set(callPlugin(call, context), { key: sync.key, index });
      else state.calls.set(sendCall(state.client, call, context), { key: sync.key, index });
    });
  }

  private finish(
    state: ControllerState,
    { key }: Sync,
    outcome: Outcome | undefined,
    { remembered }: Reconciling,
    context: Context,
  ): void {
    state.syncs.delete(key);
    if (remembered !== undefined) {
      if (remembered.value === undefined) state.memories.delete(key);
      else state.memories.set(key, remembered.value);
    }
    done(state.queue, key);
    if (outcome !== undefined && 'failed' in outcome) {
      const waits = this.controller.retries?.(context.numbers) ?? context.numbers.workqueue;
      const delayMs = failedDelayMs(state.queue, key, waits);
      context.note({
        class: 'internal',
        verb: 'SYNC FAILED',
        object: key,
        detail: { error: outcome.failed, retryAfterMs: delayMs },
      });
      const isAtCap = delayMs === waits.maxDelayMs;
      this.later(state, key, delayMs, context, isAtCap ? 'periodic' : undefined);
    } else {
      forget(state.queue, key);
      if (outcome !== undefined) this.later(state, key, outcome.requeueAfterMs, context, outcome.as);
      else this.uncheck(state, key, context);
    }
  }

  /**
   * Adds a key after a while, unless it comes sooner anyway.
   * Source: staging/src/k8s.io/client-go/util/workqueue/delaying_queue.go, 1.36.
   */
  private later(
    state: ControllerState,
    key: string,
    afterMs: number,
    context: Context,
    as?: 'check' | 'periodic',
  ): void {
    const atMs = context.nowMs + afterMs;
    if ((state.delayed.get(key) ?? Infinity) <= atMs) return;
    state.delayed.set(key, atMs);
    if (as === 'check') state.checks.set(key, atMs);
    context.timer(afterMs, as === 'check' ? CHECK : DUE, key, { periodic: as === 'periodic' });
  }

  /** A sync has ended without need to see how it goes on. */
  private uncheck(state: ControllerState, key: string, context: Context): void {
    const atMs = state.checks.get(key);
    if (atMs === undefined) return;
    state.checks.delete(key);
    if (state.delayed.get(key) === atMs) state.delayed.delete(key);
    context.relax(CHECK, key);
  }

  private caches(state: ControllerState): Caches {
    const { watches } = this.controller;
    return { view: (resource) => state.informers[indexOf(watches, resource)]!.view };
  }
}

function periodOf({ everyMs }: NonNullable<Controller['resync']>, flags: ManagerFlags): number {
  return typeof everyMs === 'number' ? everyMs : everyMs(flags);
}

/** How soon a sync that found its caches behind is tried again. */
const BEHIND_MS = 10;
/** An API server to itself. Source: staging/src/k8s.io/apiserver/pkg/authentication/user/user.go `APIServerUser`, 1.36. */
const LOOPBACK = { name: 'system:apiserver', groups: ['system:authenticated', 'system:masters'] };
const CONTROLLER_GROUPS = ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'];
