import { nodeRules, iptablesText, serviceRules } from './node-rules.ts';
import type { IpvsSettings, IpvsState } from './ipvs/node-servers.ts';
import { ipvsText, nodeServers, serviceLines as serverLines } from './ipvs/node-servers.ts';
import { traceServers } from './ipvs/trace-servers.ts';
import type { VirtualServer } from './ipvs/virtual-server.ts';
import { nodeTable, serviceLines as tableLines } from './nftables/node-table.ts';
import type { NftSettings } from './nftables/base-table.ts';
import { nftText } from './nftables/table.ts';
import { traceTable } from './nftables/trace-table.ts';
import type { ServiceSlices } from './node-rules.ts';
import type { ModeSettings, ProxyMode, ProxyModeName } from './proxy-mode.ts';
import { ruleText } from './rule.ts';
import { tracePacket } from './trace-packet.ts';

const iptables: ProxyMode = {
  name: 'iptables',
  program: 'iptables-restore',
  trace: (services, settings, packet, world) =>
    tracePacket(nodeRules(services, { ...settings, isLargeCluster: false }), packet, world),
  text: (services, settings, _waning, isLargeCluster) =>
    iptablesText(nodeRules(services, { ...settings, isLargeCluster })),
  linesOf: (service, settings) => serviceRules([service], { ...settings, isLargeCluster: false }).map(ruleText),
};

/**
 * Node ports at the primary address alone, as nothing else is configured.
 * Source: cmd/kube-proxy/app/server_linux.go `platformApplyDefaults`, 1.36.
 */
const ofTable = (settings: ModeSettings): NftSettings => ({ ...settings, nodePortIps: [settings.nodeIp] });

const nftables: ProxyMode = {
  name: 'nftables',
  program: 'nft',
  trace: (services, settings, packet, world) => traceTable(nodeTable(services, ofTable(settings)), packet, world),
  text: (services, settings) => nftText(nodeTable(services, ofTable(settings))),
  linesOf: (service, settings) => tableLines([service], ofTable(settings)),
};

const ofServers = (settings: ModeSettings): IpvsSettings => ({ ...settings, nodePortIps: [settings.nodeIp] });

function stateOf(services: readonly ServiceSlices[], settings: ModeSettings): IpvsState {
  return nodeServers(services, ofServers(settings));
}

/** The virtual servers that these Services have in a kernel, by their key. */
export function virtualServers(
  services: readonly ServiceSlices[],
  settings: ModeSettings,
): ReadonlyMap<string, VirtualServer> {
  return stateOf(services, settings).servers;
}

/** Deprecated, as its kube-proxy says in an Event. Source: cmd/kube-proxy/app/server_linux.go `createProxier`, 1.36. */
const ipvs: ProxyMode = {
  name: 'ipvs',
  program: 'ipvsadm',
  trace: (services, settings, packet, world) =>
    traceServers(stateOf(services, settings), settings.family, packet, world),
  text: (services, settings, waning) => ipvsText(stateOf(services, settings), settings.family, waning),
  linesOf: (service, settings, waning) => serverLines(stateOf([service], settings), settings.family, waning),
};

const MODES: Readonly<Record<ProxyModeName, ProxyMode>> = { iptables, nftables, ipvs };

export function proxyMode(name: ProxyModeName): ProxyMode {
  return MODES[name];
}
