/** What a rule asks of a packet, and what it remembers of it. */
export type Match =
  | { readonly type: 'comment'; readonly text: string }
  /** Of the protocol: `tcp`. */
  | { readonly type: 'protocol'; readonly protocol: string }
  /** To an address or a network. */
  | { readonly type: 'to'; readonly address: string; readonly isNegated?: true }
  | { readonly type: 'port'; readonly port: number }
  /** From an address or a network. */
  | { readonly type: 'from'; readonly address: string; readonly isNegated?: true }
  /** From or to an address of this machine. */
  | { readonly type: 'local'; readonly end: 'src' | 'dst'; readonly isNegated?: true }
  /** What an IP set has: address and port, port alone or address alone, as the type of the set says. */
  | { readonly type: 'set'; readonly set: string; readonly ends: string }
  /** Of the protocol, where the rule asks for no port of it. */
  | { readonly type: 'of'; readonly protocol: string }
  /** Come over a bridge, as packets of Pods do. */
  | { readonly type: 'bridged'; readonly isNegated?: true }
  /** Sent through a virtual server of IPVS. */
  | { readonly type: 'virtual'; readonly address: string; readonly protocol: string; readonly port: number }
  /** One packet of `of`, by chance. */
  | { readonly type: 'chance'; readonly of: number }
  /** From a client that was sent there before, within so many seconds. */
  | { readonly type: 'recent'; readonly list: string; readonly seconds: number }
  | { readonly type: 'remember'; readonly list: string }
  /** Marked as to be masqueraded, or not. */
  | { readonly type: 'mark'; readonly isNegated?: true }
  /** A connection in one of these states. */
  | { readonly type: 'state'; readonly states: string; readonly isNegated?: true }
  /** Counted under a name. */
  | { readonly type: 'count'; readonly name: string };

export type TableName = 'nat' | 'filter';

export interface Rule {
  readonly table: TableName;
  readonly chain: string;
  readonly matches: readonly Match[];
  /** A chain, or `ACCEPT`, `DROP`, `REJECT`, `DNAT`, `MASQUERADE`, `MARK`, `RETURN`; undefined: the rule only tells. */
  readonly target: string | undefined;
  /** What the target needs: `--to-destination 10.244.1.2:80`. */
  readonly options?: readonly string[];
}

/** The bit with which packets are marked that must be masqueraded: `masqueradeBit` 14. */
export const MASQUERADE_MARK = '0x4000';

/** The rule as iptables-save writes it. */
export function ruleText({ chain, matches, target, options = [] }: Rule): string {
  const jump = target === undefined ? [] : ['-j', target];
  return ['-A', chain, ...matches.flatMap(matchWords), ...jump, ...options].join(' ');
}

function matchWords(match: Match): readonly string[] {
  const not = 'isNegated' in match && match.isNegated ? ['!'] : [];
  switch (match.type) {
    case 'comment':
      return ['-m', 'comment', '--comment', match.text.includes(' ') ? `"${match.text}"` : match.text];
    case 'protocol':
      return ['-m', match.protocol, '-p', match.protocol];
    case 'to':
      return [...not, '-d', match.address];
    case 'port':
      return ['--dport', String(match.port)];
    case 'from':
      return [...not, '-s', match.address];
    case 'local':
      return ['-m', 'addrtype', ...not, `--${match.end}-type`, 'LOCAL'];
    case 'set':
      return ['-m', 'set', '--match-set', match.set, match.ends];
    case 'of':
      return ['-p', match.protocol];
    case 'bridged':
      return ['-m', 'physdev', ...not, '--physdev-is-in'];
    case 'virtual':
      return ['-m', 'ipvs', '--vaddr', match.address, '--vproto', match.protocol, '--vport', String(match.port)];
    case 'chance':
      return ['-m', 'statistic', '--mode', 'random', '--probability', (1 / match.of).toFixed(10)];
    case 'recent':
      return ['-m', 'recent', '--name', match.list, '--rcheck', '--seconds', String(match.seconds), '--reap'];
    case 'remember':
      return ['-m', 'recent', '--name', match.list, '--set'];
    case 'mark':
      return ['-m', 'mark', ...not, '--mark', `${MASQUERADE_MARK}/${MASQUERADE_MARK}`];
    case 'state':
      return ['-m', 'conntrack', ...not, '--ctstate', match.states];
    case 'count':
      return ['-m', 'nfacct', '--nfacct-name', match.name];
  }
}
