import type { ComponentDefinition } from '../component.ts';

export interface CniSettings {
  /** First three numbers of the addresses: `10.244.1`. */
  readonly podNetwork: string;
}

interface CniState {
  readonly settings: CniSettings;
  /** Address by sandbox. */
  readonly addresses: Map<string, string>;
  /** Last number given; the next free one after it is taken. */
  last: number;
}

/** How long an interface takes to be made. Assumed for the simulation. */
const ADD_MS = 30;
const ANSWER = 'answer';

/**
 * The network plugin of a Node: gives each sandbox an address of the Node's part of the Pod network, the next free one
 * after the last, as the `host-local` plugin does.
 */
export const cni: ComponentDefinition<CniState> = {
  kind: 'cni',
  start: (_context, settings) => ({ settings: Object.freeze(settings as CniSettings), addresses: new Map(), last: 1 }),
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
    const sandbox = String(message.parameters['sandbox']);
    const base = { to: from, id: message.id, method: message.method, sandbox } as const;
    if (message.method === 'DEL') {
      state.addresses.delete(sandbox);
      return context.timer(0, ANSWER, { ...base, ok: true, result: {} });
    }
    const ip = state.addresses.get(sandbox) ?? nextAddress(state);
    const result = ip === undefined ? { error: `no IP addresses available in range set` } : { ip };
    if (ip !== undefined) state.addresses.set(sandbox, ip);
    context.timer(ADD_MS, ANSWER, { ...base, ok: ip !== undefined, result });
  },
};

interface Answer {
  readonly to: string;
  readonly id: number;
  readonly method: string;
  readonly sandbox: string;
  readonly ok: boolean;
  readonly result: Readonly<Record<string, unknown>>;
}

function nextAddress(state: CniState): string | undefined {
  const taken = new Set(state.addresses.values());
  for (let tries = 0; tries < 253; tries++) {
    state.last = state.last >= 254 ? 2 : state.last + 1;
    const ip = `${state.settings.podNetwork}.${state.last}`;
    if (!taken.has(ip)) return ip;
  }
  return undefined;
}
