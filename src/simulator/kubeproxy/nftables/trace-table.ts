import { isIn } from '../address-match.ts';
import type { Packet, PacketTrace, PacketWorld } from '../trace-packet.ts';
import { hostOf, takeOne } from '../trace-packet.ts';
import type { AddressList, NftRule, Statement } from './statement.ts';
import { nftRuleText, statementText } from './statement.ts';
import type { Element, NftTable } from './table.ts';
import { elementKey } from './table.ts';

/** How a chain ended: a verdict that ends all, or the end of the chain. */
type Ended = 'ended' | 'on';

/**
 * Sends the first packet of a connection through the table: the filters before its destination changes, the chain that
 * changes it, the filters after that, and masquerading. Chains of packets that a process here sends are as those of packets
 * that come.
 * Source: pkg/proxy/nftables/helpers_test.go `tracePacket`, 1.36.
 */
export function traceTable(table: NftTable, packet: Packet, world: PacketWorld): PacketTrace {
  const walk = new TableWalk(table, world);
  if (walk.run('filter-prerouting-pre-dnat', packet) === 'ended') return walk.trace();
  walk.run('nat-prerouting', packet);
  const { sent } = walk;
  const next = sent === undefined ? packet : { ...packet, toIp: hostOf(sent), port: portOf(sent) };
  if (walk.run('filter-forward', next) === 'ended') return walk.trace();
  if (walk.run('filter-input', next) === 'ended') return walk.trace();
  walk.run('nat-postrouting', next);
  return walk.trace();
}

const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1));

class TableWalk {
  sent: string | undefined;
  private readonly table: NftTable;
  private readonly world: PacketWorld;
  private readonly matched: string[] = [];
  private readonly remembered: string[] = [];
  private refusal: 'rejected' | 'dropped' | undefined;
  private isMarked = false;
  private isMasqueraded = false;

  constructor(table: NftTable, world: PacketWorld) {
    this.table = table;
    this.world = world;
  }

  trace(): PacketTrace {
    const { matched, sent, refusal, isMasqueraded, remembered } = this;
    const verdict: PacketTrace['verdict'] =
      refusal !== undefined ? { type: refusal } : sent === undefined ? { type: 'passed' } : { type: 'sent', to: sent };
    return { rules: matched, verdict, isMasqueraded, remembered };
  }

  run(chain: string, packet: Packet): Ended {
    for (const rule of this.table.rules.get(chain) ?? []) {
      const end = this.apply(chain, rule, packet);
      if (end === 'ended') return end;
      // What is reached by `goto` does not come back to this chain.
      if (end === 'left') return 'on';
    }
    return 'on';
  }

  private apply(chain: string, rule: NftRule, packet: Packet): Ended | 'left' {
    for (const statement of rule.statements) {
      if (statement.type === 'look-up') {
        const element = this.elementOf(statement, packet);
        if (element?.verdict === undefined) return 'on';
        this.note(chain, `${nftRuleText(rule, this.table.family)} # ${elementText(element, this.table)}`);
        return this.act(element.verdict, packet);
      }
      const passes = this.passes(statement, packet);
      if (passes === false) return 'on';
      if (passes === true) continue;
      if (statement.type !== 'jump') this.note(chain, nftRuleText(rule, this.table.family));
      const end = this.act(statement, packet);
      if (end !== 'on') return end;
    }
    return 'on';
  }

  private note(chain: string, text: string): void {
    const line = `${chain}: ${text}`;
    if (this.matched.at(-1) !== line) this.matched.push(line);
  }

  /** Whether a packet fits; undefined where the statement does something. */
  private passes(statement: Statement, packet: Packet): boolean | undefined {
    switch (statement.type) {
      case 'new':
        return true;
      case 'translated':
        return this.sent !== undefined;
      case 'address':
        return this.isOf(statement.of, addressAt(packet, statement.end)) !== (statement.isNegated === true);
      case 'local':
        return this.world.localIps.has(addressAt(packet, statement.end));
      case 'hairpin': {
        const key = [packet.fromIp, packet.toIp, packet.protocol, packet.port];
        return this.table.elements.get(statement.set)?.has(elementKey(key)) === true;
      }
      case 'protocol':
        return statement.protocol === packet.protocol;
      case 'recent':
        return this.world.remembers(statement.set, statement.seconds);
      case 'unmark':
        return this.isMarked;
      default:
        return undefined;
    }
  }

  private act(statement: Statement, packet: Packet): Ended | 'left' {
    switch (statement.type) {
      case 'mark':
        this.isMarked = true;
        return 'on';
      case 'masquerade':
        this.isMasqueraded = true;
        return 'ended';
      case 'remember':
        this.remembered.push(statement.set);
        return 'on';
      case 'drop':
      case 'reject':
        this.refusal = statement.type === 'drop' ? 'dropped' : 'rejected';
        return 'ended';
      case 'dnat':
        this.sent = statement.to;
        return 'ended';
      case 'balance':
        this.sent = takeOne(statement.endpoints, this.world)?.address;
        return 'ended';
      case 'choose': {
        const chain = takeOne(statement.chains, this.world);
        return chain === undefined ? 'on' : this.run(chain, packet);
      }
      case 'jump':
        return this.run(statement.chain, packet);
      case 'goto':
        return this.run(statement.chain, packet) === 'ended' ? 'ended' : 'left';
      default:
        return 'on';
    }
  }

  private elementOf(
    { map, by }: Extract<Statement, { readonly type: 'look-up' }>,
    { toIp, protocol, port }: Packet,
  ): Element | undefined {
    const key = by === 'service' ? [toIp, protocol, port] : [protocol, port];
    return this.table.elements.get(map)?.get(elementKey(key));
  }

  private isOf(list: AddressList, address: string): boolean {
    if ('set' in list) return this.table.elements.get(list.set)?.has(address) === true;
    return ('one' in list ? [list.one] : list.any.flatMap((one) => one.split(','))).some((network) =>
      isIn(address, network),
    );
  }
}

function addressAt(packet: Packet, end: 'saddr' | 'daddr'): string {
  return end === 'saddr' ? packet.fromIp : packet.toIp;
}

function elementText({ key, verdict }: Element, { family }: NftTable): string {
  return verdict === undefined ? elementKey(key) : `${elementKey(key)} : ${statementText(verdict, family)}`;
}
