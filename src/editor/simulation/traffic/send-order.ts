import type { TrafficEnds, TrafficTarget } from '../../../workspace/simulation/traffic/traffic-ends.ts';
import type { TrafficOrder, TrafficRow } from '../../../workspace/simulation/traffic/traffic-rows.ts';

/** What stands in the form; undefined: as it would be without anybody saying so. */
export interface SendChoices {
  readonly target: string | undefined;
  readonly from: string | undefined;
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly path: string;
  readonly rate: number;
  /** In seconds; undefined: until somebody ends them. */
  readonly forSeconds: number | undefined;
}

export const FIRST_CHOICES: SendChoices = {
  target: undefined,
  from: undefined,
  port: undefined,
  host: undefined,
  path: '/',
  rate: 20,
  forSeconds: undefined,
};

/** How many requests a second a script can ask for, and what is waited for an answer. */
export const MOST_RATE = 1000;
const TIMEOUT_MS = 5000;

/** The choices with what nobody chose filled in. Undefined where nothing can be sent a request. */
export function filledIn(choices: SendChoices, { targets, senders }: TrafficEnds): FilledIn | undefined {
  const target = targets.find(({ id }) => id === choices.target) ?? targets[0];
  if (target === undefined) return undefined;
  const from = senders.find(({ id }) => id === choices.from)?.id ?? target.sender;
  const [first] = target.ports;
  const port = choices.port ?? first?.port ?? 80;
  return {
    target,
    from,
    port,
    host: choices.host ?? target.hosts[0],
    protocol: target.ports.find((one) => one.port === port)?.protocol ?? 'tcp',
    isReached: from !== 'outside' || target.isOpen,
  };
}

interface FilledIn extends Pick<TrafficOrder, 'from' | 'port' | 'protocol'> {
  readonly target: TrafficTarget;
  readonly host: string | undefined;
  /** Somebody outside the cluster may find no way in. */
  readonly isReached: boolean;
}

/** What the form sends. */
export function orderOf(
  { path, rate, forSeconds }: SendChoices,
  { target, from, port, protocol, host }: FilledIn,
  name: string,
): TrafficOrder {
  return {
    name,
    from,
    to: target.id,
    port,
    protocol,
    path,
    ...(host === undefined || host === '' ? {} : { host }),
    timeoutMs: TIMEOUT_MS,
    rate,
    ...(forSeconds === undefined ? {} : { forMs: forSeconds * 1000 }),
  };
}

/** A name that none of those that are there has: `requests-2`. */
export function freeName(rows: readonly TrafficRow[]): string {
  const taken = new Set(rows.map(({ order }) => order.name));
  let number = 1;
  while (taken.has(`requests-${number}`)) number++;
  return `requests-${number}`;
}
