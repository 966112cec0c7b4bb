import type { Family } from '../addresses.ts';
import { familyOf, hostPort } from '../addresses.ts';
import type { Machine, Machines } from '../machines.ts';
import { machineAt } from '../machines.ts';
import type { PacketParameters } from '../packets.ts';
import type { Route } from '../route-packet.ts';
import {
  BRIDGE,
  PROXY_GATEWAYS,
  PROXY_MAC,
  ROUTER_MAC,
  bridgeIp,
  hostIpLike,
  nodeCidr,
  nodeMac,
  podCidr,
  podMac,
  routerIp,
  vethName,
  wrapperIp,
  wrapperMac,
  wrapperName,
} from './devices.ts';
import { NODE_MTU, VNI, VXLAN_PORT, podMtu } from './pod-network.ts';
import type { Layer, WireStep } from './wire-step.ts';

/** What of a packet the headers say. */
type Headers = Pick<PacketParameters, 'fromIp' | 'toIp' | 'port' | 'protocol' | 'isBalanced'>;

/** A packet that passes one machine. */
export interface Passage {
  /** Undefined: the client outside the cluster. */
  readonly machine: string | undefined;
  /** As it comes to the machine, and as the machine’s rules leave it. */
  readonly before: Headers;
  readonly after: Headers;
  /** Where it goes from there. */
  readonly to: Route['type'];
  /** The primary address of the Pod that has this one, by which its devices are known. */
  primaryOf(ip: string): string;
}

/** The way of a packet over one machine, device by device. */
export function wireSteps(machines: Machines, passage: Passage): readonly WireStep[] {
  const wire = new Wire(machines, passage);
  return [...wire.coming(), ...wire.changed(), ...wire.leaving()];
}

class Wire {
  private readonly machines: Machines;
  private readonly passage: Passage;
  private readonly own: Machine | undefined;
  private readonly family: Family;

  constructor(machines: Machines, passage: Passage) {
    this.machines = machines;
    this.passage = passage;
    this.own = passage.machine === undefined ? undefined : machines.byName.get(passage.machine);
    this.family = familyOf(passage.after.toIp);
  }

  /** From who sends it to the machine’s kernel. */
  coming(): readonly WireStep[] {
    const { own } = this;
    const { before } = this.passage;
    const sender = machineAt(this.machines, before.fromIp);
    if (own === undefined) return [this.step('outside', headers(before))];
    if (before.isBalanced === true || sender === undefined) return this.arriving(ROUTER_MAC, own, false);
    if (sender !== own) {
      const isToPod = !own.hostIps.includes(before.toIp);
      const isRouter = isToPod && this.network === 'bridge';
      return this.arriving(isRouter ? ROUTER_MAC : nodeMac(sender), own, isToPod, sender);
    }
    if (own.hostIps.includes(before.fromIp)) return [this.step('process', headers(before))];
    return this.fromPod(before);
  }

  /** What the rules of the machine did, where they did anything. */
  changed(): readonly WireStep[] {
    const { before, after } = this.passage;
    const [asked, sent] = [before, after].map(({ toIp, port }) => hostPort(toIp, port));
    const dnat = asked === sent ? {} : { dnat: `${asked} → ${sent}` };
    const snat = before.fromIp === after.fromIp ? {} : { snat: `${before.fromIp} → ${after.fromIp}` };
    if (Object.keys(dnat).length + Object.keys(snat).length === 0) return [];
    return [{ ...this.step('rules', headers(after)), ...dnat, ...snat }];
  }

  /** From the kernel to where it goes. */
  leaving(): readonly WireStep[] {
    const { own } = this;
    const { after, to } = this.passage;
    switch (to) {
      case 'pod':
        return this.toPod(after);
      case 'process':
        return [this.step('process', headers(after))];
      case 'machine': {
        const next = machineAt(this.machines, after.toIp);
        if (next === undefined) return [];
        if (own === undefined) return [this.router(nodeMac(next), after, undefined)];
        return next.hostIps.includes(after.toIp) ? this.toNode(own, next) : this.toOtherPods(own, next);
      }
      case 'balancer':
      case 'public-dns':
        return own === undefined
          ? [this.step('balancer', headers(after))]
          : [...this.toRouter(own), this.step('balancer', headers(after))];
      case 'ends':
        return [];
    }
  }

  private get network() {
    return this.machines.network.podNetwork;
  }

  private step(place: WireStep['place'], layers: readonly Layer[], device?: string): WireStep {
    return { machine: this.passage.machine, place, ...(device === undefined ? {} : { device }), layers };
  }

  private mac(podIp: string): string {
    return podMac(this.passage.primaryOf(podIp));
  }

  private get bridgeMac(): string {
    const [key = ''] = this.own?.podNetworks ?? [];
    return podMac(bridgeIp(key.includes(':') ? key : `${key}.0`));
  }

  private veth(podIp: string): string {
    return vethName(this.network === 'routed' ? 'cali' : 'veth', this.passage.primaryOf(podIp));
  }

  private fromPod(before: Headers): readonly WireStep[] {
    const { network } = this;
    const { fromIp, toIp } = before;
    const family = familyOf(fromIp);
    const isNeighbour = network !== 'routed' && machineAt(this.machines, toIp) === this.own && !this.isHost(toIp);
    const gateway = network === 'routed' ? PROXY_GATEWAYS[family] : bridgeIp(fromIp);
    const to = isNeighbour ? this.mac(toIp) : network === 'routed' ? PROXY_MAC : this.bridgeMac;
    const frame: readonly Layer[] = [{ type: 'ethernet', from: this.mac(fromIp), to }, ...headers(before)];
    const route = isNeighbour ? `${podCidr(fromIp)} dev eth0` : `default via ${gateway} dev eth0`;
    const mtu = podMtu(network, family);
    return [
      { ...this.step('pod', frame, 'eth0'), route, mtu },
      this.step('veth', frame, this.veth(fromIp)),
      ...(network === 'routed' ? [] : [this.step('bridge', frame, BRIDGE)]),
    ];
  }

  private isHost(ip: string): boolean {
    return this.own?.hostIps.includes(ip) === true;
  }

  private toPod(after: Headers): readonly WireStep[] {
    const { network } = this;
    const { toIp } = after;
    const { before } = this.passage;
    // Over the bridge from one Pod to another nothing is routed.
    const hasCrossed =
      network !== 'routed' &&
      before.toIp === toIp &&
      machineAt(this.machines, before.fromIp) === this.own &&
      !this.isHost(before.fromIp);
    const veth = this.veth(toIp);
    const mtu = podMtu(network, familyOf(toIp));
    const from = network === 'routed' ? PROXY_MAC : hasCrossed ? this.mac(before.fromIp) : this.bridgeMac;
    const frame: readonly Layer[] = [{ type: 'ethernet', from, to: this.mac(toIp) }, ...headers(after)];
    const route = network === 'routed' ? `${toIp} dev ${veth} scope link` : `${podCidr(toIp)} dev ${BRIDGE} scope link`;
    return [
      ...(network === 'routed' || hasCrossed ? [] : [{ ...this.step('bridge', frame, BRIDGE), route }]),
      { ...this.step('veth', frame, veth), ...(network === 'routed' ? { route } : {}) },
      { ...this.step('pod', frame, 'eth0'), mtu },
    ];
  }

  /** To a process of another Node, over the network of the Nodes. */
  private toNode(own: Machine, next: Machine): readonly WireStep[] {
    const { after } = this.passage;
    const frame: readonly Layer[] = [{ type: 'ethernet', from: nodeMac(own), to: nodeMac(next) }, ...headers(after)];
    return [
      { ...this.step('node', frame, 'eth0'), route: `${nodeCidr(this.family)} dev eth0 scope link`, mtu: NODE_MTU },
    ];
  }

  private toOtherPods(own: Machine, next: Machine): readonly WireStep[] {
    const { after } = this.passage;
    const { toIp } = after;
    const nextIp = hostIpLike(next, toIp);
    switch (this.network) {
      case 'bridge':
        return [...this.toRouter(own), this.router(nodeMac(next), after, `${podCidr(toIp)} via ${nextIp}`)];
      case 'routed': {
        const frame: readonly Layer[] = [
          { type: 'ethernet', from: nodeMac(own), to: nodeMac(next) },
          ...headers(after),
        ];
        const route = `${podCidr(toIp)} via ${nextIp} dev eth0 proto bird`;
        return [{ ...this.step('node', frame, 'eth0'), route, mtu: NODE_MTU }];
      }
      case 'overlay': {
        const device = wrapperName(this.family);
        const wrapped = this.wrapped(own, next, after);
        const route = `${podCidr(toIp)} via ${wrapperIp(toIp)} dev ${device} onlink`;
        return [
          { ...this.step('wrap', wrapped.slice(1), device), route, mtu: podMtu('overlay', this.family) },
          {
            ...this.step('node', wrapped, 'eth0'),
            route: `${nodeCidr(this.family)} dev eth0 scope link`,
            mtu: NODE_MTU,
          },
        ];
      }
    }
  }

  /** The frame of the overlay between two Nodes: that of the Pods within. */
  private wrapped(from: Machine, to: Machine, inner: Headers): readonly Layer[] {
    const like = inner.toIp;
    return [
      { type: 'ethernet', from: nodeMac(from), to: nodeMac(to) },
      { type: 'ip', from: hostIpLike(from, like), to: hostIpLike(to, like) },
      { type: 'udp', to: VXLAN_PORT },
      { type: 'vxlan', vni: VNI },
      { type: 'ethernet', from: wrapperMac(from), to: wrapperMac(to) },
      ...headers(inner),
    ];
  }

  private toRouter(own: Machine): readonly WireStep[] {
    const { after } = this.passage;
    const frame: readonly Layer[] = [{ type: 'ethernet', from: nodeMac(own), to: ROUTER_MAC }, ...headers(after)];
    const route = `default via ${routerIp(this.family)} dev eth0`;
    return [{ ...this.step('node', frame, 'eth0'), route, mtu: NODE_MTU }];
  }

  private router(to: string, packet: Headers, route: string | undefined): WireStep {
    const frame: readonly Layer[] = [{ type: 'ethernet', from: ROUTER_MAC, to }, ...headers(packet)];
    return { machine: undefined, place: 'router', layers: frame, ...(route === undefined ? {} : { route }) };
  }

  /** It comes from another machine; where that wrapped it, it is unwrapped. */
  private arriving(from: string, own: Machine, isToPod: boolean, sender?: Machine): readonly WireStep[] {
    const { before } = this.passage;
    if (isToPod && this.network === 'overlay' && sender !== undefined) {
      const wrapped = this.wrapped(sender, own, before);
      const inner = wrapped.slice(wrapped.findIndex(({ type }) => type === 'vxlan') + 1);
      return [
        { ...this.step('node', wrapped, 'eth0'), mtu: NODE_MTU },
        { ...this.step('unwrap', inner, wrapperName(familyOf(before.toIp))), mtu: podMtu('overlay', this.family) },
      ];
    }
    const frame: readonly Layer[] = [{ type: 'ethernet', from, to: nodeMac(own) }, ...headers(before)];
    return [{ ...this.step('node', frame, 'eth0'), mtu: NODE_MTU }];
  }
}

function headers({ fromIp, toIp, protocol, port }: Headers): readonly Layer[] {
  const type = protocol === 'udp' || protocol === 'sctp' ? protocol : 'tcp';
  return [
    { type: 'ip', from: fromIp, to: toIp },
    { type, to: port },
  ];
}
