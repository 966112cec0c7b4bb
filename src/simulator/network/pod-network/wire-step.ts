/** One header of a frame. */
export type Layer =
  | { readonly type: 'ethernet'; readonly from: string; readonly to: string }
  | { readonly type: 'ip'; readonly from: string; readonly to: string }
  /** `to`: the destination port. */
  | { readonly type: 'udp' | 'tcp' | 'sctp'; readonly to: number }
  | { readonly type: 'vxlan'; readonly vni: number };

/** Where a packet is: in a Pod, at the Node’s end of its veth pair, at a bridge… */
export type WirePlace =
  | 'pod'
  | 'veth'
  | 'bridge'
  | 'process'
  /** The rules of the kernel have changed it: conntrack remembers that for the answer. */
  | 'rules'
  /** The device that wraps packets for other Nodes, or unwraps them. */
  | 'wrap'
  | 'unwrap'
  | 'node'
  /** What stands between Nodes, and between them and the world. */
  | 'router'
  | 'balancer'
  | 'outside';

/** A packet at one place of its way. */
export interface WireStep {
  /** Undefined: it is between the machines, or outside the cluster. */
  readonly machine: string | undefined;
  readonly place: WirePlace;
  /** The name of the device; undefined where there is none. */
  readonly device?: string;
  /** Headers as it leaves there, the outermost first. */
  readonly layers: readonly Layer[];
  /** Why it goes on as it does: a line of the routing table, as `ip route` prints it. */
  readonly route?: string;
  /** What the rules changed: `10.96.0.20:80 → 10.244.2.2:80`. */
  readonly dnat?: string;
  readonly snat?: string;
  /** Most bytes of a packet that go through the device at once. */
  readonly mtu?: number;
}
