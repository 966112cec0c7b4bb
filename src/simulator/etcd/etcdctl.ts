import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { AnswerMessage } from '../messages.ts';
import type { RestoreOptions } from './backup.ts';
import { RESTORE, SNAPSHOT } from './backup.ts';
import { MEMBER } from './membership.ts';
import type { KeySpace } from './mvcc.ts';

/** The component that runs lines of etcdctl and etcdutl; it is there from the first on. */
export const ETCDCTL = 'etcdctl';
/** Method with which it is given a line. */
export const RUN_LINE = 'run';

interface EtcdctlState {
  /** By file. */
  readonly snapshots: Map<string, KeySpace>;
  /** What is asked, by the id of the call. */
  readonly asked: Map<number, readonly string[]>;
}

/** What happens once everything is stopped. Never changes. */
interface Restoring {
  readonly file: string;
  readonly options: RestoreOptions;
  readonly members: readonly ComponentId[];
  readonly servers: readonly string[];
}

const BEGIN_ANEW = 'begin-anew';
/** How long it takes to stop everything, to restore on each host and to start again. Assumed for the simulation. */
const RESTORE_MS = 30_000;

/**
 * Somebody at a terminal with etcdctl and etcdutl: snapshots of etcd, what is restored from them, and who is a member.
 * Source: etcdctl/ctlv3/command/{snapshot,member}_command.go, etcdutl/etcdutl/snapshot_command.go, 3.6.8.
 */
export const etcdctl: ComponentDefinition<EtcdctlState> = {
  kind: ETCDCTL,
  start: () => ({ snapshots: new Map(), asked: new Map() }),
  handle(state, event, context) {
    if (event.type === 'timer') return beginAnew(state, event.data as Restoring, context);
    const { message } = event;
    if (message.type === 'answer') answered(state, message, context);
    else if (message.type === 'call') run(state, String(message.parameters['line']), context);
  },
};

function run(state: EtcdctlState, line: string, context: Context): void {
  const words = line.trim().split(/\s+/);
  const [command = '', verb = '', name = ''] = words;
  context.cause = context.note({ class: 'internal', verb: 'etcdctl', object: line });
  if (command === 'snapshot' && verb === 'save') return ask(state, words, SNAPSHOT, {}, context);
  if (command === 'snapshot' && verb === 'restore') return restore(state, name, optionsOf(words), context);
  if (command === 'member' && ['add', 'promote', 'remove'].includes(verb))
    return ask(state, words, MEMBER, { verb, name, isLearner: words.includes('--learner') }, context);
  say(context, `Error: unknown command "${command} ${verb}" for "etcdctl"`);
}

/** Source: etcdutl snapshot_command.go: both flags are given, or none. */
function optionsOf(words: readonly string[]): RestoreOptions | string {
  const bump = words.find((word) => word.startsWith('--bump-revision'));
  const [, after = words[words.indexOf(bump ?? '') + 1]] = (bump ?? '').split('=');
  const bumpRevision = bump === undefined ? 0 : Number(after);
  const markCompacted = words.includes('--mark-compacted');
  if (!Number.isSafeInteger(bumpRevision) || bumpRevision < 0)
    return `invalid argument "${after}" for "--bump-revision" flag`;
  if (bumpRevision === 0 && markCompacted) return '--mark-compacted requires --bump-revision';
  if (bumpRevision > 0 && !markCompacted) return '--mark-compacted required if --bump-revision > 0';
  return { bumpRevision, markCompacted };
}

function ask(
  state: EtcdctlState,
  words: readonly string[],
  method: string,
  parameters: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const [member] = context.running('etcd-');
  if (member === undefined) return say(context, 'Error: context deadline exceeded');
  const id = context.next('call');
  state.asked.set(id, Object.freeze(words));
  const detail = { class: 'request', verb: method, detail: { ...parameters } } as const;
  context.send(member, { type: 'call', id, method, parameters: Object.freeze(parameters) }, detail);
}

function answered(state: EtcdctlState, { id, ok, result }: AnswerMessage, context: Context): void {
  const [, , file = ''] = state.asked.get(id) ?? [];
  state.asked.delete(id);
  if (!ok) return say(context, `Error: ${String(result['error'])}`);
  if (result['space'] === undefined) return say(context, String(result['text']));
  state.snapshots.set(file, result['space'] as KeySpace);
  say(context, `Snapshot saved at ${file}`);
}

/** The API servers and the members are stopped; each begins with what the snapshot holds. */
function restore(state: EtcdctlState, file: string, options: RestoreOptions | string, context: Context): void {
  if (typeof options === 'string') return say(context, `Error: ${options}`);
  if (!state.snapshots.has(file)) return say(context, `Error: stat ${file}: no such file or directory`);
  const members = context.running('etcd-');
  const ids = context.running('kube-apiserver-').filter((id) => !id.includes('/'));
  const servers = ids.flatMap((id) => context.machinery.processOf(id) ?? []);
  for (const process of [...servers, ...members]) context.machinery.stopProcess(process, 'crash');
  const restoring: Restoring = Object.freeze({ file, options, members, servers });
  context.timer(RESTORE_MS, BEGIN_ANEW, restoring);
}

function beginAnew(state: EtcdctlState, { file, options, members, servers }: Restoring, context: Context): void {
  const space = state.snapshots.get(file);
  if (space === undefined) return;
  const parameters = Object.freeze({ space, ...options });
  for (const member of members) {
    context.machinery.startProcess(member);
    context.handOver(member, { type: 'call', id: 0, method: RESTORE, parameters });
  }
  for (const process of servers) context.machinery.startProcess(process);
  say(context, `restored snapshot ${file}`);
}

function say(context: Context, text: string): void {
  context.note({ class: 'internal', verb: 'prints', object: ETCDCTL, detail: { text } });
}
