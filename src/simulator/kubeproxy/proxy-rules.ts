import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt } from '../../base/json.ts';
import type { View } from '../client/view.ts';
import type { Connections } from './ipvs/graceful-termination.ts';
import { waningServers } from './ipvs/graceful-termination.ts';
import type { ServiceSlices } from './node-rules.ts';
import { isLargeCluster } from './node-rules.ts';
import type { FamilySettings, ModeSettings, ProxyModeName, Waning } from './proxy-mode.ts';
import { proxyMode, virtualServers } from './proxy-modes.ts';
import type { Packet, PacketTrace, PacketWorld } from './trace-packet.ts';

/** What kube-proxy of a Node makes its rules from, besides the objects of the cluster. */
export interface ProxySettings {
  readonly mode: ProxyModeName;
  /** The Node. */
  readonly name: string;
  readonly zone: string;
  readonly masqueradeAll: boolean;
  readonly localhostNodePorts: boolean;
  /** Each family of addresses of the cluster, that of Services which say nothing first. */
  readonly families: readonly FamilySettings[];
  /** When kube-proxy started, which looks after real servers of IPVS every minute from then on. */
  readonly startedMs: number;
}

/**
 * The rules of a Node as kube-proxy last wrote them: what they follow from. The rules themselves are made when somebody
 * looks at them or a packet meets them: with thousands of Nodes nobody could write them all. Immutable; Nodes at the same
 * revision share their views.
 */
export interface ProxyRules {
  readonly services: View;
  readonly slices: View;
  readonly settings: ProxySettings;
}

/** What the rules of a family depend on; undefined where the cluster has no addresses of it. */
export function familyOf({ settings }: ProxyRules, family: 4 | 6): ModeSettings | undefined {
  const own = settings.families.find((one) => one.family === family);
  const { name, zone, masqueradeAll, localhostNodePorts } = settings;
  return own && { name, zone, masqueradeAll, localhostNodePorts, ...own };
}

function familiesOf(rules: ProxyRules): readonly ModeSettings[] {
  return rules.settings.families.flatMap(({ family }) => familyOf(rules, family) ?? []);
}

/** All rules of the Node, one family after the other. */
export function allRulesText(rules: ProxyRules, waning: Waning): string {
  const { services, slices, settings } = rules;
  const endpoints = slices.list().reduce((sum, slice) => sum + arrayAt(slice, 'endpoints').length, 0);
  const own = services
    .list()
    .filter(isProxied)
    .map((service) => withSlices(service, slices));
  const mode = proxyMode(settings.mode);
  return familiesOf(rules)
    .map((family) => mode.text(own, family, waning, isLargeCluster(endpoints)))
    .join('');
}

/** The rules of the Node that are there for one Service. */
export function rulesOfService(rules: ProxyRules, service: KubernetesObject, waning: Waning): readonly string[] {
  const mode = proxyMode(rules.settings.mode);
  const key = `${namespaceOf(service) ?? ''}/${nameOf(service)}`;
  const known = rules.services.getKey(key);
  if (known === undefined || !isProxied(known)) return [];
  return familiesOf(rules).flatMap((family) => mode.linesOf(withSlices(known, rules.slices), family, waning));
}

/** What becomes of a packet: by the rules of Services with its destination, and those that every Node has. */
export function traceBy(rules: ProxyRules, packet: Packet, world: PacketWorld): PacketTrace {
  const { services, slices, settings } = rules;
  const family = familyOf(rules, packet.toIp.includes(':') ? 6 : 4);
  if (family === undefined) return { rules: [], verdict: { type: 'passed' }, isMasqueraded: false, remembered: [] };
  const own = [...services.indexed('address', packet.toIp), ...services.indexed('nodePort', String(packet.port))];
  const met = [...new Set(own)].filter(isProxied).map((service) => withSlices(service, slices));
  return proxyMode(settings.mode).trace(met, family, packet, world);
}

/** Real servers of IPVS that keep connections though the rules have them no more; none in other modes. */
export function waningOf({ opened }: { readonly opened: Connections }, rules: ProxyRules, nowMs: number): Waning {
  const { settings, services, slices } = rules;
  if (settings.mode !== 'ipvs' || opened.size === 0) return new Map();
  const own = services
    .list()
    .filter(isProxied)
    .map((service) => withSlices(service, slices));
  const servers = new Map(familiesOf(rules).flatMap((family) => [...virtualServers(own, family)]));
  const isServing = (name: string, real: string): 'yes' | 'no' | 'no such server' => {
    const server = servers.get(name);
    if (server === undefined) return 'no such server';
    return server.real.some(({ address }) => address === real) ? 'yes' : 'no';
  };
  return waningServers(opened, isServing, nowMs, settings.startedMs);
}

function withSlices(service: KubernetesObject, slices: View): ServiceSlices {
  const key = `${namespaceOf(service) ?? ''}/${nameOf(service)}`;
  return { service, slices: slices.indexed('service', key) };
}

/**
 * Whether kube-proxy has anything to do with an object: another proxy may be named. The real one leaves these out with
 * the selector of its watch; here all watch the same, so that their caches can be one.
 */
export function isProxied(object: KubernetesObject): boolean {
  const labels = labelsOf(object);
  return !labels.has('service.kubernetes.io/service-proxy-name') && !labels.has('service.kubernetes.io/headless');
}
