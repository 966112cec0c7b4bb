import { assert } from '../../base/assert.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import { recordEvent } from '../client/event-recorder.ts';
import type { View } from '../client/view.ts';
import type { Context } from '../component.ts';
import type { FlowRun } from '../kernel/flow.ts';
import type { ResourceName } from '../messages.ts';
import type { ApiWriter, Controller, PluginAnswer, PluginCall, ReconcileContext } from './controller.ts';
import type { ControllerState, Sync } from './controller-state.ts';

/** The context of one run of one sync. */
export class Reconciling implements ReconcileContext {
  readonly nowMs: number;
  readonly numbers: ReconcileContext['numbers'];
  readonly flags: ReconcileContext['flags'];
  readonly random: ReconcileContext['random'];
  readonly api: ReconcileContext['api'];
  readonly plugins: ReconcileContext['plugins'];
  readonly memory: unknown;
  remembered: { readonly value: unknown } | undefined;
  private readonly controller: Controller;
  private readonly state: ControllerState;
  private readonly sync: Sync;
  private readonly flow: ControllerFlow;
  private readonly context: Context;
  private readonly later: (key: string, afterMs: number) => void;

  constructor(
    controller: Controller,
    state: ControllerState,
    sync: Sync,
    flow: ControllerFlow,
    context: Context,
    later: Reconciling['later'],
  ) {
    this.later = later;
    this.controller = controller;
    this.state = state;
    this.sync = sync;
    this.flow = flow;
    this.context = context;
    this.nowMs = sync.startedMs;
    this.numbers = context.numbers;
    this.flags = state.flags;
    this.random = context.random;
    // A flow answers what it was asked: calls of the server with results of it, calls of plugins with theirs.
    this.api = flow as ApiWriter;
    this.plugins = { call: (call) => flow.call(call) as PluginAnswer };
    this.memory = state.memories.get(sync.key);
  }

  view(resource: ResourceName): View {
    return this.sync.views[indexOf(this.controller.watches, resource)]!;
  }

  memoryOf(key: string): unknown {
    // As it was when the sync first came here, however often it runs over it.
    return this.flow.once(() => this.state.memories.get(key));
  }

  remember(value: unknown): void {
    this.remembered = { value };
  }

  event(...[about, type, reason, message]: Parameters<ReconcileContext['event']>): void {
    this.flow.once(() =>
      recordEvent(this.state.recorder, this.state.client, { about, type, reason, message }, this.context),
    );
  }

  once<Value>(make: () => Value): Value {
    return this.flow.once(make);
  }

  enqueue(key: string, afterMs = 0): void {
    this.flow.once(() => this.later(key, afterMs));
  }

  note(detail: Parameters<ReconcileContext['note']>[0]): void {
    this.flow.once(() => this.context.note(detail));
  }
}

/** The wait of a sync: for the server, or for a plugin. */
export type ControllerFlow = FlowRun<ApiCall | PluginCall, ApiResult | PluginAnswer>;

/** Place of a resource in what a controller watches. */
export function indexOf(watches: Controller['watches'], { group, plural }: ResourceName): number {
  const index = watches.findIndex(({ resource }) => resource.group === group && resource.plural === plural);
  assert(index >= 0, `the controller does not watch ${plural}`);
  return index;
}
