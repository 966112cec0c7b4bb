import { parseCidr, formatIp } from '../../apimachinery/ip.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { podNetworkKey } from './addresses.ts';
import { ANNOUNCE, CONFIGURE } from './machines.ts';
import { JOINED, POLICY_CONTROLLER } from './policies/policy-controller.ts';

export interface CniSettings {
  readonly machine: string;
  /** Who tells all machines the way to the Pods of this one. */
  readonly routes: ComponentId;
}

interface CniState {
  readonly settings: CniSettings;
  /** The Node's part of the Pods' network, of each family; none until the Node has been given it. */
  podCidrs: readonly string[];
  /** Addresses by sandbox, one of each family. */
  readonly addresses: Map<string, readonly string[]>;
  /** Last number given in each of its parts; the next free one after it is taken. */
  readonly last: Map<string, number>;
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
    const podCidrs = (disk as readonly string[] | undefined) ?? [];
    // The kernel of a machine that was without power knows no way to any Pod.
    if (podCidrs.length > 0) announce(own, podCidrs, context);
    return { settings: own, podCidrs, addresses: new Map(), last: new Map() };
  },
  keeps: ({ podCidrs }) => podCidrs,
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
      const podCidrs = String(message.parameters['podCidr']).split(',').filter(isCidr);
      if (podCidrs.length === 0 || podCidrs.join() === state.podCidrs.join()) return;
      state.podCidrs = Object.freeze(podCidrs);
      return announce(state.settings, podCidrs, context);
    }
    const sandbox = String(message.parameters['sandbox']);
    const base = { to: from, id: message.id, method: message.method, sandbox } as const;
    if (message.method === 'DEL') {
      state.addresses.delete(sandbox);
      return context.timer(0, ANSWER, { ...base, ok: true, result: {} });
    }
    const ips = state.addresses.get(sandbox) ?? nextAddresses(state);
    const [ip, ...additionalIps] = ips;
    const error = state.podCidrs.length === 0 ? 'cni plugin not initialized' : NONE_LEFT;
    const result = ip === undefined ? { error } : { ip, ...(additionalIps.length === 0 ? {} : { additionalIps }) };
    if (ip !== undefined) state.addresses.set(sandbox, ips);
    context.timer(ADD_MS, ANSWER, { ...base, ok: ip !== undefined, result });
  },
};

function announce({ machine, routes }: CniSettings, podCidrs: readonly string[], context: Context): void {
  const podNetworks = podCidrs.map((cidr) => podNetworkKey(cidr.slice(0, cidr.indexOf('/'))));
  const parameters = Object.freeze({ machine, podNetworks });
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

function isCidr(text: string): boolean {
  return parseCidr(text) !== undefined;
}

/** One address of each part, or none where one of them has none left. */
function nextAddresses({ podCidrs, addresses, last }: CniState): readonly string[] {
  const taken = new Set([...addresses.values()].flat());
  const given = podCidrs.map((cidr) => nextAddress(cidr, taken, last));
  return given.includes(undefined) ? [] : given.filter((ip) => ip !== undefined);
}

/** How many addresses of a part are given to Pods: the first is the bridge's; so many are never asked of IPv6. */
const MOST = 253;

function nextAddress(cidr: string, taken: ReadonlySet<string>, last: Map<string, number>): string | undefined {
  const part = parseCidr(cidr);
  for (let tries = 0; tries < MOST && part !== undefined; tries++) {
    const before = last.get(cidr) ?? 1;
    const number = before > MOST ? 2 : before + 1;
    last.set(cidr, number);
    const ip = formatIp({ family: part.family, value: part.network + BigInt(number) });
    if (!taken.has(ip)) return ip;
  }
  return undefined;
}
