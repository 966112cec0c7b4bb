import { parseCidr, formatIp } from '../../apimachinery/ip.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { ANNOUNCE, CONFIGURE } from './machines.ts';
import { JOINED, POLICY_CONTROLLER } from './policies/policy-controller.ts';

export interface CniSettings {
  readonly machine: string;
  /** Who tells all machines the way to the Pods of this one. */
  readonly routes: ComponentId;
}

interface CniState {
  readonly settings: CniSettings;
  /** First three numbers of the addresses: `10.244.1`; undefined until the Node has been given them. */
  podNetwork: string | undefined;
  /** Address by sandbox. */
  readonly addresses: Map<string, string>;
  /** Last number given; the next free one after it is taken. */
  last: number;
}

/** How long an interface takes to be made. Assumed for the simulation. */
const ADD_MS = 30;
const ANSWER = 'answer';
const NONE_LEFT = 'no IP addresses available in range set';

/**
 * The network plugin of a Node: gives each sandbox an address of the Node's part of the Pod network, the next free one
 * after the last, as the `host-local` plugin does.
 */
export const cni: ComponentDefinition<CniState> = {
  kind: 'cni',
  start(context, settings, disk) {
    const own = Object.freeze(settings as CniSettings);
    const parameters = Object.freeze({ machine: own.machine });
    context.notice(POLICY_CONTROLLER, 0, { type: 'call', id: 0, method: JOINED, parameters });
    const podNetwork = disk as string | undefined;
    // The kernel of a machine that was without power knows no way to any Pod.
    if (podNetwork !== undefined) announce(own, podNetwork, context);
    return { settings: own, podNetwork, addresses: new Map(), last: 1 };
  },
  keeps: ({ podNetwork }) => podNetwork,
  handle(state, event, context) {
    if (event.type === 'timer') {
      const { to, id, method, sandbox, result, ok } = event.data as Answer;
      context.send(
        to,
        { type: 'answer', id, method, ok, result },
        { class: 'cni', verb: method, object: sandbox, detail: result },
      );
      return;
    }
    const { message, from } = event;
    if (message.type !== 'call') return;
    if (message.method === CONFIGURE) {
      const network = networkOf(String(message.parameters['podCidr']));
      if (network === undefined || state.podNetwork === network) return;
      state.podNetwork = network;
      return announce(state.settings, network, context);
    }
    const sandbox = String(message.parameters['sandbox']);
    const base = { to: from, id: message.id, method: message.method, sandbox } as const;
    if (message.method === 'DEL') {
      state.addresses.delete(sandbox);
      return context.timer(0, ANSWER, { ...base, ok: true, result: {} });
    }
    const ip = state.addresses.get(sandbox) ?? nextAddress(state);
    const error = state.podNetwork === undefined ? 'cni plugin not initialized' : NONE_LEFT;
    const result = ip === undefined ? { error } : { ip };
    if (ip !== undefined) state.addresses.set(sandbox, ip);
    context.timer(ADD_MS, ANSWER, { ...base, ok: ip !== undefined, result });
  },
};

function announce({ machine, routes }: CniSettings, podNetwork: string, context: Context): void {
  const parameters = Object.freeze({ machine, podNetwork });
  context.notice(routes, 0, { type: 'call', id: 0, method: ANNOUNCE, parameters });
}

interface Answer {
  readonly to: string;
  readonly id: number;
  readonly method: string;
  readonly sandbox: string;
  readonly ok: boolean;
  readonly result: Readonly<Record<string, unknown>>;
}

/** First three numbers of the addresses of a network. */
function networkOf(podCidr: string): string | undefined {
  const cidr = parseCidr(podCidr);
  if (cidr?.family !== 4) return undefined;
  return formatIp({ family: 4, value: cidr.network }).split('.').slice(0, 3).join('.');
}

function nextAddress(state: CniState): string | undefined {
  if (state.podNetwork === undefined) return undefined;
  const taken = new Set(state.addresses.values());
  for (let tries = 0; tries < 253; tries++) {
    state.last = state.last >= 254 ? 2 : state.last + 1;
    const ip = `${state.podNetwork}.${state.last}`;
    if (!taken.has(ip)) return ip;
  }
  return undefined;
}
