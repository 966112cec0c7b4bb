import { isIn } from './address-match.ts';
import type { Match, Rule, TableName } from './rule.ts';
import { ruleText } from './rule.ts';

/** The first packet of a connection, as it comes to the rules of a Node. */
export interface Packet {
  readonly fromIp: string;
  readonly toIp: string;
  readonly port: number;
  /** `tcp`, `udp`, `sctp`. */
  readonly protocol: string;
}

/** What is decided outside the rules. */
export interface PacketWorld {
  readonly localIps: ReadonlySet<string>;
  /** Whether a rule that takes one packet of `of` takes this one. */
  takes(of: number): boolean;
  /** Whether a list of clients has this one, and it came in the last so many seconds. */
  remembers(list: string, seconds: number): boolean;
  /** Whose turn it is of the real servers of a virtual server, by their place in the list. */
  turnOf(server: string, of: number): number;
}

/** What became of a packet. */
export interface PacketTrace {
  /** Rules that matched, in order, as the program prints them that reads them back. */
  readonly rules: readonly string[];
  readonly verdict:
    | { readonly type: 'passed' }
    /** Sent on to another address: `10.244.1.2:80`. */
    | { readonly type: 'sent'; readonly to: string }
    | { readonly type: 'rejected' }
    | { readonly type: 'dropped' };
  /** Whether the Node puts its own address in place of the sender's. */
  readonly isMasqueraded: boolean;
  /** Lists that now have the client. */
  readonly remembered: readonly string[];
  /** The virtual server of IPVS that sent it on, and to which of its real servers. */
  readonly server?: { readonly name: string; readonly turn: number };
  /**
   * What is sent on does not get an answer that its sender takes, unless the sender is on this machine: it would come from the
   * Pod's address, to which nobody talked.
   */
  readonly hasNoWayBack?: true;
}

/** Tables and chains in the order in which a packet meets them; the kind of chain does not matter here. */
const FILTERS = ['KUBE-SERVICES', 'KUBE-EXTERNAL-SERVICES', 'KUBE-NODEPORTS', 'KUBE-PROXY-FIREWALL'] as const;

/**
 * Sends a packet through the rules of a Node: first the nat table, which may change its destination, then the filters.
 * Rules about connections that are known already do not match: this is the first packet.
 * Source: pkg/proxy/iptables/proxier_test.go `tracePacket`, 1.36.
 */
export function tracePacket(rules: readonly Rule[], packet: Packet, world: PacketWorld): PacketTrace {
  const walk = new RuleWalk(rules, world);
  const sent = walk.run('nat', 'KUBE-SERVICES', packet);
  const to = sent === undefined ? packet.toIp : hostOf(sent);
  for (const chain of FILTERS) {
    const verdict = walk.run('filter', chain, { ...packet, toIp: to });
    if (verdict === 'REJECT' || verdict === 'DROP')
      return walk.trace({ type: verdict === 'REJECT' ? 'rejected' : 'dropped' });
    if (verdict === 'ACCEPT') break;
  }
  return walk.trace(sent === undefined ? { type: 'passed' } : { type: 'sent', to: sent });
}

/** Whether an IP set has what of a packet the ends say: `dst,dst`. */
export type SetTest = (set: string, ends: string, packet: Packet) => boolean;

/** One thing that can become of a packet, and how likely that is: one of `of`. */
export interface PossibleTrace {
  readonly trace: PacketTrace;
  readonly of: number;
}

/** Everything that can become of a packet by chance: one trace for each endpoint that may get it. */
export function possibleTraces(
  trace: (world: PacketWorld) => PacketTrace,
  world: Omit<PacketWorld, 'takes' | 'turnOf'>,
): readonly PossibleTrace[] {
  const found: PossibleTrace[] = [];
  for (;;) {
    let [asked, of] = [0, 1];
    const takes = (left: number): boolean => {
      if (asked === 0) of = left;
      return asked++ === found.length;
    };
    const turnOf = (_server: string, servers: number): number => {
      of = servers;
      return found.length;
    };
    found.push({ trace: trace({ ...world, takes, turnOf }), of });
    if (found.length >= of) return found;
  }
}

/** One of some, each as likely: the first takes one of n packets, the second one of the n-1 that are left, the last all. */
export function takeOne<Item>(items: readonly Item[], { takes }: Pick<PacketWorld, 'takes'>): Item | undefined {
  return items.find((_item, index) => index === items.length - 1 || takes(items.length - index));
}

/** The address of `10.244.1.2:80` or `[fd00::2]:80`. */
export function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':')).replaceAll(/[[\]]/g, '');
}

/** What ends the way through a table. */
const ENDS: readonly string[] = ['ACCEPT', 'REJECT', 'DROP', 'MASQUERADE'];

/** Leads a packet through chains of rules. */
export class RuleWalk {
  private readonly byChain = new Map<string, Rule[]>();
  private readonly world: PacketWorld;
  private readonly isInSet: SetTest;
  readonly matched: string[] = [];
  private readonly remembered: string[] = [];
  isMasqueraded = false;

  constructor(rules: readonly Rule[], world: PacketWorld, isInSet: SetTest = () => false) {
    this.world = world;
    this.isInSet = isInSet;
    for (const rule of rules) {
      const key = `${rule.table}/${rule.chain}`;
      const own = this.byChain.get(key);
      if (own === undefined) this.byChain.set(key, [rule]);
      else own.push(rule);
    }
  }

  trace(verdict: PacketTrace['verdict']): PacketTrace {
    const { matched, isMasqueraded, remembered } = this;
    return { rules: matched, verdict, isMasqueraded, remembered };
  }

  /** A final target, or the address to which the packet is sent; undefined where the end of the chain is reached. */
  run(table: TableName, chain: string, packet: Packet): string | undefined {
    for (const rule of this.byChain.get(`${table}/${chain}`) ?? []) {
      const { target, matches, options = [] } = rule;
      if (target === undefined || !matches.every((match) => this.matches(match, packet))) continue;
      this.matched.push(ruleText(rule));
      for (const match of matches) if (match.type === 'remember') this.remembered.push(match.list);
      if (target === 'KUBE-MARK-MASQ') this.isMasqueraded = true;
      else if (target === 'DNAT') return options.at(-1);
      else if (target === 'RETURN') return undefined;
      else if (ENDS.includes(target)) return target;
      else {
        const end = this.run(table, target, packet);
        if (end !== undefined) return end;
      }
    }
    return undefined;
  }

  private matches(match: Match, packet: Packet): boolean {
    switch (match.type) {
      case 'protocol':
        return match.protocol === packet.protocol;
      case 'port':
        return match.port === packet.port;
      case 'from':
      case 'to':
        return isIn(match.type === 'from' ? packet.fromIp : packet.toIp, match.address) !== (match.isNegated === true);
      case 'local':
        return (
          this.world.localIps.has(match.end === 'src' ? packet.fromIp : packet.toIp) !== (match.isNegated === true)
        );
      case 'of':
        return match.protocol === packet.protocol;
      case 'set':
        return this.isInSet(match.set, match.ends, packet);
      case 'chance':
        return this.world.takes(match.of);
      case 'recent':
        return this.world.remembers(match.list, match.seconds);
      // Only packets that IPVS sent on, which do not come here, are of a virtual server; none comes over a bridge.
      case 'virtual':
      case 'bridged':
        return 'isNegated' in match && match.isNegated === true;
      case 'state':
        return match.states === 'NEW';
      case 'mark':
        return this.isMasqueraded !== (match.isNegated === true);
      case 'comment':
      case 'count':
      case 'remember':
        return true;
    }
  }
}
