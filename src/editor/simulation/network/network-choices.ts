import type { RunNetwork } from '../../../workspace/simulation/run-network.ts';

type Families = NonNullable<RunNetwork['ipFamilies']>;

/** Ids of what can be chosen; the first is what a run has where nobody chooses. */
export const PROXY_MODE_IDS = ['iptables', 'nftables', 'ipvs'] as const satisfies readonly RunNetwork['proxyMode'][];
export const FAMILY_IDS = ['IPv4', 'IPv6', 'IPv4,IPv6', 'IPv6,IPv4'] as const;
export const POD_NETWORK_IDS = ['bridge', 'overlay', 'routed'] as const satisfies readonly RunNetwork['podNetwork'][];

type FamilyId = (typeof FAMILY_IDS)[number];

const FAMILIES: Readonly<Record<FamilyId, Families>> = {
  IPv4: ['IPv4'],
  IPv6: ['IPv6'],
  'IPv4,IPv6': ['IPv4', 'IPv6'],
  'IPv6,IPv4': ['IPv6', 'IPv4'],
};

export interface NetworkIds {
  readonly proxyMode: (typeof PROXY_MODE_IDS)[number];
  readonly families: FamilyId;
  readonly podNetwork: (typeof POD_NETWORK_IDS)[number];
}

/** What a network is like, with what is left out said. */
export function networkIds({
  proxyMode = 'iptables',
  ipFamilies = ['IPv4'],
  podNetwork = 'bridge',
}: RunNetwork): NetworkIds {
  const families = FAMILY_IDS.find((id) => id === ipFamilies.join()) ?? 'IPv4';
  return { proxyMode, families, podNetwork };
}

/** The network with one thing chosen; what is as by default is left out, so that nothing of it is written down. */
export function withChoice(network: RunNetwork, choice: Partial<NetworkIds>): RunNetwork {
  const { proxyMode, families, podNetwork } = { ...networkIds(network), ...choice };
  return {
    ...(proxyMode === PROXY_MODE_IDS[0] ? {} : { proxyMode }),
    ...(families === FAMILY_IDS[0] ? {} : { ipFamilies: FAMILIES[families] }),
    ...(podNetwork === POD_NETWORK_IDS[0] ? {} : { podNetwork }),
  };
}

export function isSameNetwork(one: RunNetwork, other: RunNetwork): boolean {
  return JSON.stringify(networkIds(one)) === JSON.stringify(networkIds(other));
}

/** What was kept of a choice; nothing of what is none. */
export function readNetwork(value: unknown): RunNetwork {
  const kept = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const families = Array.isArray(kept['ipFamilies']) ? kept['ipFamilies'].join() : '';
  const read: { -readonly [Key in keyof NetworkIds]?: NetworkIds[Key] } = {};
  const [mode, family, network] = [
    PROXY_MODE_IDS.find((id) => id === kept['proxyMode']),
    FAMILY_IDS.find((id) => id === families),
    POD_NETWORK_IDS.find((id) => id === kept['podNetwork']),
  ];
  if (mode !== undefined) read.proxyMode = mode;
  if (family !== undefined) read.families = family;
  if (network !== undefined) read.podNetwork = network;
  return withChoice({}, read);
}
