import type { Context } from '../../component.ts';
import type { RuntimeContainer } from '../pod-runtime.ts';
import { ended, freeze, planEnd } from './processes.ts';
import type { RegistryTrouble, RuntimeState } from './runtime-state.ts';

type Order = (state: RuntimeState, parameters: Readonly<Record<string, unknown>>, context: Context) => void;

const SIGKILL = 137;

/** What faults do to what runs on a Node, and to the registry as the Node sees it. */
export const ORDERS: ReadonlyMap<string, Order> = new Map<string, Order>([
  [
    'Kill',
    (state, parameters, context) => {
      const exitCode = Number(parameters['exitCode'] ?? SIGKILL);
      const reason = parameters['reason'] === 'OOMKilled' ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error';
      for (const { id } of meant(state, parameters))
        ended(state, { id, exitCode, reason, plan: planEnd(state, id) }, context);
    },
  ],
  ['Freeze', (state, parameters, context) => freezeAll(state, parameters, true, context)],
  ['Thaw', (state, parameters, context) => freezeAll(state, parameters, false, context)],
  [
    'RegistryTrouble',
    (state, parameters) => {
      state.registry.set(String(parameters['image']), Object.freeze({ mode: parameters['mode'] } as RegistryTrouble));
    },
  ],
  ['NetworkGone', (state) => void (state.hasNetworkConfig = false)],
  ['NetworkBack', (state) => void (state.hasNetworkConfig = true)],
  ['RegistryWell', (state, parameters) => void state.registry.delete(String(parameters['image']))],
]);

function freezeAll(
  state: RuntimeState,
  parameters: Readonly<Record<string, unknown>>,
  isFrozen: boolean,
  context: Context,
): void {
  for (const container of meant(state, parameters)) freeze(state, container, isFrozen, context);
}

/** The running containers of a Pod, or the one that is named. */
function meant(
  { containers }: RuntimeState,
  parameters: Readonly<Record<string, unknown>>,
): readonly RuntimeContainer[] {
  const [podUid, name] = [parameters['podUid'], parameters['container']];
  return [...containers.values()].filter(
    (container) =>
      container.podUid === podUid && container.state === 'running' && (name === '' || container.name === name),
  );
}
