import type { CloudDay, Demand } from './clouds.ts';

/** From the ground up. */
export const LAYERS = [
  'building',
  'network',
  'storage',
  'servers',
  'virtualisation',
  'os',
  'platform',
  'middleware',
  'code',
  'data',
] as const;
export type LayerName = (typeof LAYERS)[number];

export const SERVICES = ['own', 'iaas', 'caas', 'paas', 'faas', 'saas'] as const;
export type ServiceName = (typeof SERVICES)[number];

/**
 * The lowest layer that is still yours. In FaaS what you bring is a function and not an app, and it is paid for by the call;
 * the layers are those of PaaS. Source: NIST SP 800-145 for IaaS, PaaS and SaaS.
 */
const YOURS_FROM: Readonly<Record<ServiceName, LayerName>> = {
  own: 'building',
  iaas: 'os',
  caas: 'middleware',
  paas: 'code',
  faas: 'code',
  saas: 'data',
};

export interface Prices {
  /** Of one pod that is always on, for an hour. */
  readonly podPerHour: number;
  /** How many calls a second one pod answers. */
  readonly podCallsPerSecond: number;
  readonly perMillionCalls: number;
  /** Of one GB of memory for a second of a call. */
  readonly perGbSecond: number;
  readonly memoryGb: number;
  /** How long a call takes. */
  readonly durationMs: number;
  /** How much longer the first one takes after nothing ran. */
  readonly coldStartMs: number;
}

export interface ResponsibilityState {
  readonly service: ServiceName;
  readonly callsPerHour: number;
  /** Instances that are there to answer. */
  readonly warm: number;
  readonly latencyMs: number;
  /** The bills are looked at. */
  readonly isPriced: boolean;
  readonly prices: Prices;
  /** Undefined where the lesson says nothing of machines over a day. */
  readonly demand: Demand | undefined;
  /** Days in clouds that were looked at; the newest is the last. */
  readonly days: readonly CloudDay[];
}

export function isYours(layer: LayerName, service: ServiceName): boolean {
  return LAYERS.indexOf(layer) >= LAYERS.indexOf(YOURS_FROM[service]);
}

/** What an hour costs in either way, in the currency of the prices, to four decimals. */
export function costPerHour({ callsPerHour, prices }: ResponsibilityState): {
  readonly pods: number;
  readonly podCost: number;
  readonly callCost: number;
} {
  const pods = Math.max(1, Math.ceil(callsPerHour / 3600 / prices.podCallsPerSecond));
  const gbSeconds = callsPerHour * (prices.durationMs / 1000) * prices.memoryGb;
  const callCost = (callsPerHour / 1e6) * prices.perMillionCalls + gbSeconds * prices.perGbSecond;
  return { pods, podCost: rounded(pods * prices.podPerHour), callCost: rounded(callCost) };
}

function rounded(cost: number): number {
  return cost >= 0.01 ? Math.round(cost * 10_000) / 10_000 : Number(cost.toPrecision(3));
}
