import { compact, lastIndex, logAt, slice } from '../log.ts';
import { describeProgress } from '../progress.ts';
import { newRaft } from '../raft.ts';
import type { Raft, RaftConfig } from '../raft.ts';
import { advance, hasReady, takeReady } from '../ready.ts';
import type { Ready } from '../ready.ts';
import { step, tick } from '../step.ts';
import { messageOf } from '../types.ts';
import type { Entry, LogLine, Message, Snapshot } from '../types.ts';

/**
 * Plays the commands of the library's own interaction tests and prints what it prints.
 * Source: github.com/etcd-io/raft v3.6.0, rafttest/interaction_env*.go and util.go `DescribeReady`.
 */
export class Interaction {
  private readonly members: Raft[] = [];
  private wire: Message[] = [];
  private level = 0;
  private lines: string[] = [];

  /** One command of a script; gives its output. */
  run(command: string): string {
    this.lines = [];
    const [name = '', ...args] = command.split(' ');
    const before = this.level;
    const level = args.find((arg) => arg.startsWith('log-level='));
    if (level !== undefined) this.level = LEVELS.indexOf(level.slice('log-level='.length));
    this.command(
      name,
      args.filter((arg) => arg !== level),
    );
    const text = this.lines.join('\n');
    if (level !== undefined) this.level = before;
    return text === '' ? 'ok' : text;
  }

  private command(name: string, args: readonly string[]): void {
    const ids = args.filter((arg) => !arg.includes('=')).map(Number);
    const [first = 0, second = 0] = ids;
    if (name === 'log-level') this.level = LEVELS.indexOf(args[0] ?? '');
    else if (name === 'add-nodes') this.addMembers(first, args.slice(1));
    else if (name === 'campaign') this.tell(first, { type: 'MsgHup' });
    else if (name === 'forget-leader') this.tell(first, { type: 'MsgForgetLeader' });
    else if (name === 'report-unreachable') this.tell(first, { type: 'MsgUnreachable', from: second });
    else if (name === 'propose')
      this.tell(first, { type: 'MsgProp', from: first, entries: [{ term: 0, index: 0, data: args[1] ?? '' }] });
    else if (name === 'tick-heartbeat') this.tick(first, this.member(first).config.heartbeatTick);
    else if (name === 'tick-election') this.tick(first, this.member(first).config.electionTick);
    else if (name === 'set-randomized-election-timeout')
      this.member(first).electionTimeout = Number(/timeout=(\d+)/.exec(args.join(' '))?.[1]);
    else if (name === 'process-ready') for (const id of ids) this.processReady(id);
    else if (name === 'deliver-msgs') this.deliverAs(args);
    else if (name === 'stabilize') this.stabilize(ids.length === 0 ? this.members.map(({ config }) => config.id) : ids);
    else if (name === 'status') this.status(first);
    else if (name === 'raft-state') this.states();
    else if (name === 'raft-log') this.log(first);
    else if (name === 'compact') {
      compact(this.member(first).log, second);
      this.log(first);
    } else if (name === 'send-snapshot') this.sendSnapshot(first, second);
    else throw new Error(`unknown command ${name}`);
  }

  private member(id: number): Raft {
    const member = this.members[id - 1];
    if (member === undefined) throw new Error(`no member ${id}`);
    return member;
  }

  private say(text: string): void {
    if (this.level < LEVELS.length - 1) this.lines.push(...text.split('\n'));
  }

  private hear({ lines }: Raft): void {
    for (const { level, text } of lines.splice(0)) if (this.level <= level) this.say(`${SHOWN[level]} ${text}`);
  }

  private indented(act: () => void): void {
    const before = this.lines;
    this.lines = [];
    act();
    this.lines = [...before, ...this.lines.map((line) => `  ${line}`)];
  }

  private addMembers(count: number, args: readonly string[]): void {
    const value = (key: string): string | undefined =>
      args.find((arg) => arg.startsWith(`${key}=`))?.slice(key.length + 1);
    const list = (key: string): number[] => (value(key)?.replaceAll(/[()]/g, '').split(',') ?? []).map(Number);
    const index = Number(value('index') ?? '0');
    for (let at = 0; at < count; at++) {
      const config: RaftConfig = {
        id: this.members.length + 1,
        voters: list('voters'),
        learners: list('learners'),
        electionTick: 3,
        heartbeatTick: 1,
        preVote: value('prevote') === 'true',
        checkQuorum: value('checkquorum') === 'true',
        maxInflight: Number(value('inflight') ?? '2147483647'),
        readOnly: value('read-only') === 'lease-based' ? 'lease-based' : 'safe',
        seed: 1,
      };
      const member = newRaft(config, logAt(index, index === 0 ? 0 : 1));
      this.members.push(member);
      this.hear(member);
    }
  }

  private tell(id: number, fields: Partial<Message> & Pick<Message, 'type'>): void {
    const member = this.member(id);
    const outcome = step(member, messageOf(fields));
    this.hear(member);
    if (outcome === 'dropped') this.say('raft proposal dropped');
  }

  private tick(id: number, times: number): void {
    const member = this.member(id);
    for (let at = 0; at < times; at++) tick(member);
    this.hear(member);
  }

  private processReady(id: number): void {
    const member = this.member(id);
    const ready = takeReady(member);
    this.say(describeReady(member, ready));
    this.wire.push(...ready.messages, ...ready.afterAppend);
    advance(member);
    this.hear(member);
  }

  private deliverAs(args: readonly string[]): void {
    const type = args.find((arg) => arg.startsWith('type='))?.slice(5);
    let count = 0;
    for (const arg of args) {
      const drop = /^drop=\(?([\d,]+)\)?$/.exec(arg)?.[1];
      if (drop !== undefined) for (const id of drop.split(',')) count += this.deliver(Number(id), type, true);
      else if (!arg.includes('=')) count += this.deliver(Number(arg), type, false);
    }
    if (count === 0) this.say('no messages');
  }

  private deliver(id: number, type?: string, isDropped = false): number {
    const own = this.wire.filter((message) => message.to === id && (type === undefined || message.type === type));
    this.wire = this.wire.filter((message) => !own.includes(message));
    for (const message of own) {
      this.say(`${isDropped ? 'dropped: ' : ''}${describeMessage(message, this.member(1))}`);
      if (isDropped) continue;
      const member = this.member(id);
      const outcome = step(member, message);
      this.hear(member);
      if (outcome === 'dropped') this.say('raft proposal dropped');
    }
    return own.length;
  }

  private stabilize(ids: readonly number[]): void {
    for (;;) {
      let isDone = true;
      for (const id of ids) {
        if (!hasReady(this.member(id))) continue;
        this.say(`> ${id} handling Ready`);
        this.indented(() => this.processReady(id));
        isDone = false;
      }
      for (const id of ids) {
        if (!this.wire.some(({ to }) => to === id)) continue;
        this.say(`> ${id} receiving messages`);
        this.indented(() => this.deliver(id));
        isDone = false;
      }
      if (isDone) return;
    }
  }

  private status(id: number): void {
    const { progress, config } = this.member(id);
    for (const [other, one] of progress) this.say(`${other}: ${describeProgress(one, config.maxInflight)}`);
  }

  private states(): void {
    for (const { config, state, term, lead } of this.members) {
      const isVoter = config.voters.includes(config.id);
      this.say(`${config.id}: ${state} (${isVoter ? 'Voter' : 'Non-Voter'}) Term:${term} Lead:${lead}`);
    }
  }

  private log(id: number): void {
    const { log } = this.member(id);
    const stored = slice(log, log.offset + 1, log.stable);
    if (stored.length === 0) this.say(`log is empty: first index=${log.offset + 1}, last index=${lastIndex(log)}`);
    for (const entry of stored) this.say(describeEntry(entry));
  }

  private sendSnapshot(from: number, to: number): void {
    const { log, term } = this.member(from);
    const snapshot = { index: log.applied, term: log.entries[log.applied - log.offset - 1]?.term ?? log.offsetTerm };
    const message = messageOf({ type: 'MsgSnap', term, from, to, snapshot });
    this.wire.push(message);
    this.say(describeMessage(message, this.member(from)));
  }
}

const LEVELS: readonly string[] = ['debug', 'info', 'warn', 'error', 'fatal', 'none'];
const SHOWN: Readonly<Record<LogLine['level'], string>> = { 0: 'DEBUG', 1: 'INFO', 2: 'WARN', 3: 'ERROR' };

function describeEntry({ term, index, data }: Entry): string {
  return `${term}/${index} EntryNormal ${JSON.stringify(data ?? '')}`;
}

function describeSnapshot({ index, term }: Snapshot, { config }: Raft): string {
  return `Index:${index} Term:${term} ConfState:Voters:[${config.voters.join(' ')}] VotersOutgoing:[] Learners:[${config.learners.join(' ')}] LearnersNext:[] AutoLeave:false`;
}

function describeMessage(message: Message, raft: Raft): string {
  const { from, to, type, term, logTerm, index, reject, rejectHint, commit, entries, snapshot } = message;
  const shown = entries.map(describeEntry);
  return [
    `${from}->${to} ${type} Term:${term} Log:${logTerm}/${index}`,
    ...(reject ? [` Rejected (Hint: ${rejectHint})`] : []),
    ...(commit === 0 ? [] : [` Commit:${commit}`]),
    ...(shown.length === 1 ? [` Entries:[${shown[0]}]`] : []),
    ...(shown.length > 1 ? [` Entries:[${shown.map((entry) => `\n  ${entry}`).join('')}\n]`] : []),
    ...(snapshot === undefined ? [] : [`\n  Snapshot: ${describeSnapshot(snapshot, raft)}`]),
  ].join('');
}

function describeReady(raft: Raft, ready: Ready): string {
  const { soft, hard, entries, snapshot, committed, messages, afterAppend, mustSync } = ready;
  const sent = [...messages, ...afterAppend];
  const parts = [
    ...(soft === undefined ? [] : [`Lead:${soft.lead} State:${soft.state}`]),
    ...(hard === undefined
      ? []
      : [`HardState Term:${hard.term}${hard.vote === 0 ? '' : ` Vote:${hard.vote}`} Commit:${hard.commit}`]),
    ...(entries.length === 0 ? [] : ['Entries:', ...entries.map(describeEntry)]),
    ...(snapshot === undefined ? [] : [`Snapshot ${describeSnapshot(snapshot, raft)}`]),
    ...(committed.length === 0 ? [] : ['CommittedEntries:', ...committed.map(describeEntry)]),
    ...(sent.length === 0 ? [] : ['Messages:', ...sent.map((message) => describeMessage(message, raft))]),
  ];
  return parts.length === 0 ? '<empty Ready>' : [`Ready MustSync=${mustSync}:`, ...parts].join('\n');
}
