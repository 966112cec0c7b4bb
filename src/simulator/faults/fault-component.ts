import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { ETCDCTL, RUN_LINE } from '../etcd/etcdctl.ts';
import { MAY_GO_OFF, SHUTDOWN_CANCELLED, SHUT_DOWN } from '../kubelet/nodeshutdown/nodeshutdown.ts';
import type { Message } from '../messages.ts';
import type { Machines } from '../network/machines.ts';
import type { ClusterNetwork } from '../network/place-network.ts';
import { ANNOUNCE } from '../network/machines.ts';
import type { FaultAct, FaultDefinition, FaultEffect, FaultOrder, FaultParameters, FaultScene } from './fault.ts';
import { chaos, drawChaos } from './chaos.ts';
import { FAULTS } from './faults.ts';
import { mend } from './mend.ts';
import type { NodeSettings } from '../place-node.ts';
import { join, leave, tellRoutes, withPodNetworks } from './machines-change.ts';

/** What Nodes that join have in common with those that are there, and what faults find in the cluster. */
export interface FaultSettings extends NodeSettings {
  readonly machines: Machines;
  readonly network: ClusterNetwork;
  /** Processes of the control plane that end with their machine, where several share it. */
  readonly controlPlane: FaultScene['controlPlane'];
  readonly zones: FaultScene['zones'];
}

interface FaultState {
  readonly settings: FaultSettings;
  /** All machines that there ever were. */
  machines: Machines;
  /** Networks of Pods that machines have announced and that will be told, by the names of the machines. */
  readonly announced: Map<string, readonly string[]>;
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
/** Methods with which a cloud has machines set up (`node`, a Node manifest) and taken away (`node`, its name). */
export const MACHINE_JOINS = 'machine-joins';
export const MACHINE_LEAVES = 'machine-leaves';
const UNDO = 'undo';
const CHAOS = 'chaos';
const TELL = 'tell-routes';
/** Machines that come together are told of together; the more there are, the later. Assumed for the simulation. */
const TELL_MS = 5;
const MACHINES_PER_MS = 10;

/** What goes wrong, when the script says so, and right again after a while. Nothing led to it: its cause is 0. */
export const faultComponent: ComponentDefinition<FaultState> = {
  kind: 'faults',
  start(_context, settings) {
    const own = Object.freeze(settings as FaultSettings);
    return { settings: own, machines: own.machines, announced: new Map(), active: new Map() };
  },
  handle(state, event, context) {
    if (event.type !== 'timer') return announced(state, event.message, context);
    if (event.name === INJECT) inject(state, event.data as FaultOrder, context);
    else if (event.name === CHAOS) goOnWithChaos(state, event.data as ChaosTurn, context);
    else if (event.name === TELL) {
      state.machines = machinesNow(state);
      state.announced.clear();
      tellRoutes(state.machines, context);
    } else if (event.name === UNDO) undo(state, event.data as Undoing, context);
  },
};

/** The network plugin of a Node has addresses for its Pods; a kubelet lets its machine go off; a cloud has machines come and go. */
function announced(state: FaultState, message: Message, context: Context): void {
  if (message.type === 'call' && message.method === MACHINE_JOINS)
    return comes(state, message.parameters['node'] as KubernetesObject, context);
  if (message.type === 'call' && message.method === MACHINE_LEAVES)
    return leave(String(message.parameters['node']), context);
  if (message.type === 'call' && message.method === MAY_GO_OFF)
    return switchOff(state, String(message.parameters['node']), context);
  if (message.type !== 'call' || message.method !== ANNOUNCE) return;
  const { machine, podNetworks } = message.parameters;
  const isTellSet = state.announced.size > 0;
  state.announced.set(String(machine), podNetworks as readonly string[]);
  if (!isTellSet) context.timer(Math.max(TELL_MS, Math.round(state.machines.byName.size / MACHINES_PER_MS)), TELL);
}

function comes(state: FaultState, node: KubernetesObject, context: Context): void {
  state.machines = machinesNow(state);
  join(state, node, context);
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
  const first = firstOf(fault, context);
  const place = target ?? first ?? '';
  const given = Object.fromEntries(
    fault.parameters.map((known) => [known.name, parameters[known.name] ?? known.default]),
  );
  const effects = fault.effects(place, given, running, pod, {
    processOf: (component) => context.machinery.processOf(component),
    controlPlane: state.settings.controlPlane,
    zones: state.settings.zones,
    server: state.settings.server,
  });
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
  if (fault === chaos) beginChaos({ of: number, number: 1, parameters: given }, context);
  if (forMs !== undefined) context.timer(forMs, UNDO, undoing);
}

/** Whoever runs it is there from the first line on. */
function runEtcdctl(line: string, context: Context): void {
  if (context.machinery.processOf(ETCDCTL) === undefined)
    context.machinery.add({ id: ETCDCTL, kind: ETCDCTL, process: ETCDCTL, machine: 'laptop' });
  context.handOver(ETCDCTL, { type: 'call', id: 0, method: RUN_LINE, parameters: Object.freeze({ line }) });
}

/** One turn of chaos, as long as the fault lasts that it belongs to. Never changes. */
interface ChaosTurn {
  readonly of: number;
  readonly number: number;
  readonly parameters: FaultParameters;
}

function beginChaos(turn: ChaosTurn, context: Context): void {
  const { nextMs } = drawChaos([], turn.parameters, 0, [], context.random);
  context.timer(nextMs, CHAOS, Object.freeze(turn));
}

function goOnWithChaos(state: FaultState, turn: ChaosTurn, context: Context): void {
  if (!state.active.has(turn.of)) return;
  const running = context.running('').filter((id) => id !== context.self);
  const { order, nextMs } = drawChaos([...FAULTS.values()], turn.parameters, turn.number, running, context.random);
  if (order !== undefined) inject(state, order, context);
  context.timer(nextMs, CHAOS, Object.freeze({ ...turn, number: turn.number + 1 }));
}

/** The first component that a fault applies to. */
function firstOf({ components, instances }: FaultDefinition, context: Context): ComponentId | undefined {
  const ids = [components, instances].flatMap((prefix) => (prefix === undefined ? [] : context.running(prefix)));
  return ids[0];
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
    case 'etcdctl':
      return runEtcdctl(effect.line, context);
    case 'add':
      return machinery.add(effect.place, effect.settings);
    case 'join':
      return comes(state, effect.node, context);
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
    else if (effect.type === 'add') machinery.remove(effect.place.id);
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

/** All machines that there are by now, with what was announced and is not told yet. */
export function machinesNow(state: unknown): Machines {
  const { machines, announced } = state as FaultState;
  return withPodNetworks(machines, announced);
}
