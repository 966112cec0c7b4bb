import { MASQUERADE_MARK } from '../rule.ts';

/** What one part of an nftables rule asks of a packet, or does with it. */
export type Statement =
  /** The first packet of a connection. */
  | { readonly type: 'new' }
  /** Of a connection whose destination was changed. */
  | { readonly type: 'translated' }
  /** From or to one of some addresses and networks, or one that a set has. */
  | { readonly type: 'address'; readonly end: 'saddr' | 'daddr'; readonly of: AddressList; readonly isNegated?: true }
  /** From or to an address of this machine. */
  | { readonly type: 'local'; readonly end: 'saddr' | 'daddr' }
  /** Sent back to who sent it: sender, destination, protocol and port are in a set. */
  | { readonly type: 'hairpin'; readonly set: string }
  | { readonly type: 'protocol'; readonly protocol: string }
  /** Looks the destination up in a map and does what is there. */
  | { readonly type: 'look-up'; readonly map: string; readonly by: 'service' | 'port' }
  /** From a client that was sent there before, within so many seconds: the set forgets it then. */
  | { readonly type: 'recent'; readonly set: string; readonly seconds: number }
  | { readonly type: 'remember'; readonly set: string }
  /** Marked as to be masqueraded; takes the mark away. */
  | { readonly type: 'unmark' }
  | { readonly type: 'mark' }
  | { readonly type: 'masquerade' }
  | { readonly type: 'jump' | 'goto'; readonly chain: string }
  | { readonly type: 'drop' | 'reject' }
  | { readonly type: 'dnat'; readonly to: string }
  /** To one of some endpoints by chance. */
  | { readonly type: 'balance'; readonly endpoints: readonly Target[] }
  /** To one of some chains by chance. */
  | { readonly type: 'choose'; readonly chains: readonly string[] };

/** A set by its name, one address or network, or a list of them in braces. */
export type AddressList = { readonly set: string } | { readonly one: string } | { readonly any: readonly string[] };

export interface Target {
  readonly ip: string;
  readonly port: number;
  /** `10.244.1.2:80`. */
  readonly address: string;
}

export interface NftRule {
  readonly statements: readonly Statement[];
  readonly comment?: string;
}

/** `ip` or `ip6`: how the addresses of a family are called in rules. */
export type NftFamily = 'ip' | 'ip6';

/** The rule as nft prints it. */
export function nftRuleText({ statements, comment }: NftRule, family: NftFamily): string {
  const told = comment === undefined ? [] : [`comment "${comment}"`];
  return [...statements.map((statement) => statementText(statement, family)), ...told].join(' ');
}

export function statementText(statement: Statement, family: NftFamily): string {
  switch (statement.type) {
    case 'new':
      return 'ct state new';
    case 'translated':
      return 'ct status dnat';
    case 'address':
      return [family, statement.end, ...(statement.isNegated ? ['!='] : []), listText(statement.of)].join(' ');
    case 'local':
      return `fib ${statement.end} type local`;
    case 'hairpin':
      return `${family} saddr . ${family} daddr . meta l4proto . th dport @${statement.set}`;
    case 'protocol':
      return `meta l4proto ${statement.protocol}`;
    case 'look-up':
      return `${statement.by === 'service' ? `${family} daddr . ` : ''}meta l4proto . th dport vmap @${statement.map}`;
    case 'recent':
      return `${family} saddr @${statement.set}`;
    case 'remember':
      return `update @${statement.set} { ${family} saddr }`;
    case 'unmark':
      return `mark and ${MASQUERADE_MARK} != 0 mark set mark xor ${MASQUERADE_MARK}`;
    case 'mark':
      return `mark set mark or ${MASQUERADE_MARK}`;
    case 'masquerade':
      return 'masquerade fully-random';
    case 'jump':
    case 'goto':
      return `${statement.type} ${statement.chain}`;
    case 'drop':
    case 'reject':
      return statement.type;
    case 'dnat':
      return `dnat to ${statement.to}`;
    case 'balance': {
      const { endpoints } = statement;
      const elements = endpoints.map(({ ip, port }, index) => `${index} : ${ip} . ${port}`).join(' , ');
      return `dnat ${family} addr . port to numgen random mod ${endpoints.length} map { ${elements} }`;
    }
    case 'choose': {
      const { chains } = statement;
      const elements = chains.map((chain, index) => `${index} : goto ${chain}`).join(' , ');
      return `numgen random mod ${chains.length} vmap { ${elements} }`;
    }
  }
}

function listText(list: AddressList): string {
  if ('set' in list) return `@${list.set}`;
  return 'one' in list ? list.one : `{ ${list.any.join(' , ')} }`;
}
