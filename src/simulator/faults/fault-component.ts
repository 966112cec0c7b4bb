import type { Behaviour } from '../behaviour/behaviour.ts';
import type { CsiDriver } from '../storage/csi-driver.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { MAY_GO_OFF, SHUTDOWN_CANCELLED, SHUT_DOWN } from '../kubelet/nodeshutdown/nodeshutdown.ts';
import type { Message } from '../messages.ts';
import type { Machines } from '../network/machines.ts';
import { ANNOUNCE } from '../network/machines.ts';
import type { FaultAct, FaultEffect, FaultOrder } from './fault.ts';
import { FAULTS } from './faults.ts';
import { mend } from './mend.ts';
import { join, leave, tellRoutes, withPodNetwork } from './machines-change.ts';

export interface FaultSettings {
  readonly server: ComponentId;
  readonly behaviours: readonly Behaviour[];
  readonly machines: Machines;
  readonly podNetwork: string;
  readonly routes: ComponentId;
  /** Storage drivers that register with the kubelets of Nodes that join. */
  readonly drivers: readonly CsiDriver[];
  /** Heartbeats of Nodes that join are told together with those of the others. */
  readonly beatsTogether: boolean;
}

interface FaultState {
  readonly settings: FaultSettings;
  /** All machines that there ever were. */
  machines: Machines;
  /** The routes have changed, and will be told. */
  isTellSet: boolean;
  /** Faults that are not undone yet. */
  readonly active: Map<number, Undoing>;
}

interface Undoing {
  readonly number: number;
  readonly name: string;
  readonly target: string;
  readonly effects: readonly FaultEffect[];
}

/** A timer of the component: do this. */
export const INJECT = 'inject';
const UNDO = 'undo';
const TELL = 'tell-routes';
/** Machines that come together are told of together. Assumed for the simulation. */
const TELL_MS = 5;

/** What goes wrong, when the script says so, and right again after a while. Nothing led to it: its cause is 0. */
export const faultComponent: ComponentDefinition<FaultState> = {
  kind: 'faults',
  start(_context, settings) {
    const own = Object.freeze(settings as FaultSettings);
    return { settings: own, machines: own.machines, isTellSet: false, active: new Map() };
  },
  handle(state, event, context) {
    if (event.type !== 'timer') return announced(state, event.message, context);
    if (event.name === INJECT) inject(state, event.data as FaultOrder, context);
    else if (event.name === TELL) {
      state.isTellSet = false;
      tellRoutes(state.machines, context);
    } else if (event.name === UNDO) undo(state, event.data as Undoing, context);
  },
};

/** The network plugin of a Node has addresses for its Pods; or a kubelet lets its machine go off. */
function announced(state: FaultState, message: Message, context: Context): void {
  if (message.type === 'call' && message.method === MAY_GO_OFF)
    return switchOff(state, String(message.parameters['node']), context);
  if (message.type !== 'call' || message.method !== ANNOUNCE) return;
  const { machine, podNetwork } = message.parameters;
  state.machines = withPodNetwork(state.machines, String(machine), String(podNetwork));
  if (state.isTellSet) return;
  state.isTellSet = true;
  context.timer(TELL_MS, TELL);
}

/** Nothing where the shutdown was called off in the meantime. */
function switchOff({ active }: FaultState, node: string, context: Context): void {
  const effects = [...active.values()].flatMap((one) => one.effects);
  const shutdown = effects.find((effect) => effect.type === 'shutdown' && effect.node === node);
  if (shutdown?.type !== 'shutdown') return;
  for (const process of shutdown.processes) context.machinery.stopProcess(process, 'power');
}

function inject(
  state: FaultState,
  { fault: name, target, parameters = {}, forMs, pod }: FaultOrder,
  context: Context,
): void {
  const fault = FAULTS.get(name);
  if (fault === undefined) return;
  const running = context.running('').filter((id) => id !== context.self);
  const first = fault.components === undefined ? undefined : context.running(fault.components)[0];
  const place = target ?? first ?? '';
  const given = Object.fromEntries(
    fault.parameters.map((known) => [known.name, parameters[known.name] ?? known.default]),
  );
  const effects = fault.effects(place, given, running, pod);
  context.cause = 0;
  context.cause = context.note({
    class: 'fault',
    verb: name,
    object: place,
    detail: { ...given, effects: effects.length },
  });
  if (fault === mend) {
    for (const one of state.active.values()) if (one.target === place) undo(state, one, context);
    return;
  }
  for (const effect of effects) happen(state, effect, context);
  const number = context.next('fault');
  const undoing: Undoing = Object.freeze({ number, name, target: place, effects });
  state.active.set(number, undoing);
  if (forMs !== undefined) context.timer(forMs, UNDO, undoing);
}

function happen(state: FaultState, effect: FaultEffect, context: Context): void {
  const { machinery } = context;
  switch (effect.type) {
    case 'stop':
      return machinery.stopProcess(effect.process, effect.how);
    case 'cut':
      return machinery.cut(effect.a, effect.b, true);
    case 'disk':
      return slowDown(effect.component, effect.slowness, context);
    case 'do':
      return act(effect.component, effect.now, context);
    case 'join':
      return join(state, effect.node, context);
    case 'leave':
      return leave(effect.node, context);
    case 'shutdown': {
      const now = { method: SHUT_DOWN, parameters: { machinery: context.self } };
      return act(`kubelet/${effect.node}`, now, context);
    }
  }
}

function undo(state: FaultState, { number, name, target, effects }: Undoing, context: Context): void {
  // Somebody mended it before.
  if (!state.active.delete(number)) return;
  context.cause = context.note({ class: 'fault', verb: `${name} ends`, object: target });
  const { machinery } = context;
  for (const effect of effects) {
    if (effect.type === 'stop') machinery.startProcess(effect.process);
    else if (effect.type === 'cut') machinery.cut(effect.a, effect.b, false);
    else if (effect.type === 'disk') slowDown(effect.component, 1, context);
    else if (effect.type === 'do' && effect.after !== undefined) act(effect.component, effect.after, context);
    else if (effect.type === 'shutdown') switchOn(effect, context);
    else if (effect.type === 'join') leave(String((effect.node['metadata'] as { name?: string }).name), context);
  }
}

/** A machine that is not off yet goes on as it is. */
function switchOn({ node, processes }: Extract<FaultEffect, { readonly type: 'shutdown' }>, context: Context): void {
  const kubelet = `kubelet/${node}`;
  if (context.running(kubelet).includes(kubelet))
    return act(kubelet, { method: SHUTDOWN_CANCELLED, parameters: {} }, context);
  for (const process of processes) context.machinery.startProcess(process);
}

function slowDown(component: ComponentId, slowness: number, context: Context): void {
  act(component, { method: 'disk', parameters: { slowness } }, context);
}

/** Nobody sends it: it happens to the component. */
function act(component: ComponentId, { method, parameters }: FaultAct, context: Context): void {
  const id = context.next('disk');
  context.notice(component, 0, { type: 'call', id, method, parameters: Object.freeze(parameters) });
}

/** All machines that there are by now. */
export function machinesNow(state: unknown): Machines {
  return (state as FaultState).machines;
}
