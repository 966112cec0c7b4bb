import type { ServiceSlices } from './node-rules.ts';
import type { NodePlace } from './categorize-endpoints.ts';
import type { Packet, PacketTrace, PacketWorld } from './trace-packet.ts';

/** How kube-proxy makes the Node's kernel send packets on. Source: pkg/proxy/apis/config/types.go `ProxyMode`, 1.36. */
export const PROXY_MODES = ['iptables', 'nftables', 'ipvs'] as const;

export type ProxyModeName = (typeof PROXY_MODES)[number];

/** What is chosen where nothing is configured. Source: cmd/kube-proxy/app/server_linux.go `platformApplyDefaults`, 1.36. */
export const DEFAULT_PROXY_MODE: ProxyModeName = 'iptables';

/** What of a Node and its kube-proxy differs between families of addresses. */
export interface FamilySettings {
  readonly family: 4 | 6;
  /** The Node's own address. */
  readonly nodeIp: string;
  /** All addresses of Pods, as the cluster CIDR says; undefined where nothing tells them from others. */
  readonly podNetwork: string | undefined;
  /** Networks of Services. */
  readonly serviceNetworks: readonly string[];
}

/** What the rules of one family depend on. */
export interface ModeSettings extends FamilySettings, NodePlace {
  readonly masqueradeAll: boolean;
  readonly localhostNodePorts: boolean;
}

/** Real servers of IPVS that keep connections but get no new ones, by virtual server. */
export type Waning = ReadonlyMap<string, readonly string[]>;

export interface ProxyMode {
  readonly name: ProxyModeName;
  /** The program that writes the rules, as the trace tells it. */
  readonly program: string;
  /** What becomes of a packet, by the rules of these Services. */
  trace(services: readonly ServiceSlices[], settings: ModeSettings, packet: Packet, world: PacketWorld): PacketTrace;
  /** Everything of the Node, as the programs print it that read it back. */
  text(services: readonly ServiceSlices[], settings: ModeSettings, waning: Waning, isLarge: boolean): string;
  /** Of that what is there for one Service. */
  linesOf(service: ServiceSlices, settings: ModeSettings, waning: Waning): readonly string[];
}
