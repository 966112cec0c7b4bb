import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { MACHINE_JOINS, MACHINE_LEAVES } from '../faults/fault-component.ts';
import type { CallMessage } from '../messages.ts';
import type { NodePool } from './node-pool.ts';
import { machineName, nodeOfPool } from './node-pool.ts';

export const NODE_POOLS = 'node-pools';

/** What the pools are: how many machines each is to have, and which there are. */
export const REFRESH = 'Refresh';
/** More machines: `pool`, `delta`. */
export const INCREASE_SIZE = 'IncreaseSize';
/** Fewer are wanted than were ordered, none of those that there are: `pool`, `delta`. */
export const DECREASE_TARGET_SIZE = 'DecreaseTargetSize';
/** These machines go: `pool`, `nodes`. */
export const DELETE_NODES = 'DeleteNodes';

export interface PoolProviderSettings {
  readonly pools: readonly NodePool[];
  /** Who sets machines up and takes them away. */
  readonly machineRoom: ComponentId;
}

/** A machine of a pool, whether or not its kubelet runs yet. */
export interface Instance {
  readonly name: string;
  readonly isRunning: boolean;
}

/** A pool as the cloud has it. Never changes. */
export interface PoolState {
  readonly name: string;
  readonly target: number;
  readonly instances: readonly Instance[];
}

interface ProviderState {
  readonly settings: PoolProviderSettings;
  readonly pools: Map<string, PoolState>;
  /** Machines that each pool ever had. */
  readonly made: Map<string, number>;
}

const BOOTED = 'booted';

interface Boot {
  readonly pool: string;
  readonly number: number;
}

/** The part of a cloud that has pools of machines: it makes them in the time that they need to boot, and deletes them. */
export const poolProvider: ComponentDefinition<ProviderState> = {
  kind: NODE_POOLS,
  start(_context, settings) {
    const own = Object.freeze(settings as PoolProviderSettings);
    const begun = own.pools.map((pool) => {
      const numbers = Array.from({ length: pool.nodes }, (_, index) => index + 1);
      const instances = numbers.map((number) => Object.freeze({ name: machineName(pool, number), isRunning: true }));
      return [pool.name, stateOf(pool.name, pool.nodes, instances)] as const;
    });
    return {
      settings: own,
      pools: new Map(begun),
      made: new Map(own.pools.map(({ name, nodes }) => [name, nodes])),
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') return booted(state, event.data as Boot, context);
    const { message: call, from } = event;
    if (call.type !== 'call') return;
    const { id, method } = call;
    const error = carryOut(state, call, context);
    const result = error === undefined ? { pools: Object.freeze([...state.pools.values()]) } : { error };
    context.send(
      from,
      { type: 'answer', id, method, ok: error === undefined, result: Object.freeze(result) },
      { class: 'internal', verb: method, detail: told(state, error) },
    );
  },
};

function told(state: ProviderState, error: string | undefined): Readonly<Record<string, unknown>> {
  if (error !== undefined) return { error };
  return Object.fromEntries([...state.pools.values()].map(({ name, target }) => [name, target]));
}

function stateOf(name: string, target: number, instances: readonly Instance[]): PoolState {
  return Object.freeze({ name, target, instances: Object.freeze(instances) });
}

/** Does what was asked; gives why it cannot. */
function carryOut(state: ProviderState, { method, parameters }: CallMessage, context: Context): string | undefined {
  if (method === REFRESH) return undefined;
  const name = String(parameters['pool']);
  const pool = state.settings.pools.find((one) => one.name === name);
  const known = state.pools.get(name);
  if (pool === undefined || known === undefined) return `node group ${name} not found`;
  if (method === INCREASE_SIZE) return increase(state, pool, known, Number(parameters['delta']), context);
  if (method === DECREASE_TARGET_SIZE) {
    const target = Math.max(known.instances.length, known.target - Number(parameters['delta']));
    state.pools.set(name, stateOf(name, target, known.instances));
    return undefined;
  }
  return leave(state, known, parameters['nodes'] as readonly string[], context);
}

function increase(
  state: ProviderState,
  pool: NodePool,
  known: PoolState,
  delta: number,
  context: Context,
): string | undefined {
  const { name } = pool;
  const target = known.target + delta;
  if (target > pool.max) return `size increase is too large, desired: ${target} max: ${pool.max}`;
  const inStock = (pool.stock ?? Infinity) - known.instances.length;
  const instances = [...known.instances];
  for (let count = 0; count < Math.min(delta, inStock); count++) {
    const number = (state.made.get(name) ?? 0) + 1;
    state.made.set(name, number);
    instances.push(Object.freeze({ name: machineName(pool, number), isRunning: false }));
    const boot: Boot = Object.freeze({ pool: name, number });
    context.timer(pool.bootMs, BOOTED, boot);
  }
  state.pools.set(name, stateOf(name, target, instances));
  return undefined;
}

function booted(state: ProviderState, { pool: name, number }: Boot, context: Context): void {
  const pool = state.settings.pools.find((one) => one.name === name);
  const known = state.pools.get(name);
  if (pool === undefined || known === undefined) return;
  const machine = machineName(pool, number);
  // It was deleted before it was up.
  if (!known.instances.some((one) => one.name === machine)) return;
  const instances = known.instances.map((one) =>
    one.name === machine ? Object.freeze({ ...one, isRunning: true }) : one,
  );
  state.pools.set(name, stateOf(name, known.target, instances));
  context.cause = context.note({ class: 'internal', verb: 'machine boots', object: `Node//${machine}` });
  tell(state, MACHINE_JOINS, { node: nodeOfPool(pool, number) }, context);
}

function leave(
  state: ProviderState,
  { name, target, instances }: PoolState,
  nodes: readonly string[],
  context: Context,
): string | undefined {
  const unknown = nodes.find((node) => !instances.some((one) => one.name === node));
  if (unknown !== undefined) return `${unknown} does not belong to node group ${name}`;
  const rest = instances.filter((one) => !nodes.includes(one.name));
  state.pools.set(name, stateOf(name, target - nodes.length, rest));
  for (const node of nodes) tell(state, MACHINE_LEAVES, { node }, context);
  return undefined;
}

/** No message travels: the cloud does it to the machine. */
function tell(
  { settings }: ProviderState,
  method: string,
  parameters: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const message = { type: 'call', id: 0, method, parameters: Object.freeze(parameters) } as const;
  context.handOver(settings.machineRoom, message);
}
