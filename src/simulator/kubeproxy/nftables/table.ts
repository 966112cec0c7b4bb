import type { NftFamily, NftRule, Statement } from './statement.ts';
import { nftRuleText, statementText } from './statement.ts';

/** An element of a set or a map; in a map with what is done with the packets that it is about. */
export interface Element {
  readonly key: readonly string[];
  readonly comment?: string;
  readonly verdict?: Statement;
}

/** A set, or a map to verdicts. */
export interface ElementList {
  readonly kind: 'set' | 'map';
  readonly name: string;
  /** What its keys are made of: `ADDRESS` stands for the addresses of the table's family. */
  readonly type: string;
  readonly comment?: string;
  /** How long an element stays; for ever where left out. */
  readonly timeoutSeconds?: number;
}

export interface Chain {
  readonly name: string;
  readonly comment?: string;
  /** Where packets come to it by themselves: `type nat hook prerouting priority -100`. */
  readonly hook?: string;
}

/** What kube-proxy writes for one family of addresses: `table ip kube-proxy`. */
export interface NftTable {
  readonly family: NftFamily;
  readonly lists: Map<string, ElementList>;
  readonly chains: Map<string, Chain>;
  readonly rules: Map<string, NftRule[]>;
  /** Elements by the name of their list, then by their key as text: two of the same key are one. */
  readonly elements: Map<string, Map<string, Element>>;
}

export function emptyTable(family: NftFamily): NftTable {
  return { family, lists: new Map(), chains: new Map(), rules: new Map(), elements: new Map() };
}

export function addList(table: NftTable, list: ElementList): void {
  table.lists.set(list.name, list);
}

export function addChain(table: NftTable, chain: Chain): void {
  table.chains.set(chain.name, chain);
}

export function addRule(table: NftTable, chain: string, statements: readonly Statement[], comment?: string): void {
  const rule = comment === undefined ? { statements } : { statements, comment };
  const own = table.rules.get(chain);
  if (own === undefined) table.rules.set(chain, [rule]);
  else own.push(rule);
}

export function addElement(table: NftTable, list: string, element: Element): void {
  const key = elementKey(element.key);
  const own = table.elements.get(list) ?? new Map<string, Element>();
  if (own.size === 0) table.elements.set(list, own);
  own.set(key, element);
}

export function elementKey(parts: readonly (string | number)[]): string {
  return parts.join(' . ');
}

/** The family of the table, and its name. */
const TABLE = 'kube-proxy';

/** The table as commands that make it, as `nft -f` reads them. */
export function nftText(table: NftTable): string {
  return [`add table ${table.family} ${TABLE} { comment "rules for kube-proxy" ; }`, ...nftLines(table), ''].join('\n');
}

/** One line for each set, map, chain, rule and element. */
export function nftLines({ family, lists, chains, rules, elements }: NftTable): readonly string[] {
  const line = (kind: string, name: string, ...rest: readonly string[]): string =>
    ['add', kind, family, TABLE, name, ...rest.filter((word) => word !== '')].join(' ');
  const braces = (parts: readonly string[]): string => (parts.length === 0 ? '' : `{ ${parts.join(' ; ')} ; }`);
  return [
    ...[...lists.values()].map((list) => line(list.kind, list.name, braces(listParts(list, family)))),
    ...[...chains.values()].map(({ name, comment, hook }) =>
      line('chain', name, braces([...(hook === undefined ? [] : [hook]), ...told(comment)])),
    ),
    ...[...rules].flatMap(([chain, own]) => own.map((rule) => line('rule', chain, nftRuleText(rule, family)))),
    ...[...elements].flatMap(([list, own]) =>
      [...own].map(([key, { comment, verdict }]) => {
        const does = verdict === undefined ? [] : [':', statementText(verdict, family)];
        return line('element', list, '{', key, ...told(comment), ...does, '}');
      }),
    ),
  ];
}

const told = (comment: string | undefined): readonly string[] =>
  comment === undefined ? [] : [`comment "${comment}"`];

function listParts({ type, comment, timeoutSeconds }: ElementList, family: NftFamily): readonly string[] {
  const address = family === 'ip6' ? 'ipv6_addr' : 'ipv4_addr';
  const limits = timeoutSeconds === undefined ? [] : ['flags dynamic,timeout', `timeout ${timeoutSeconds}s`];
  return [`type ${type.replaceAll('ADDRESS', address)}`, ...limits, ...told(comment)];
}
