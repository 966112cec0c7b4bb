import type { Context } from '../component.ts';
import type { Command, MemberState } from './member-state.ts';
import { lastIndex, slice } from './raft/log.ts';
import type { Entry, Message } from './raft/types.ts';

/**
 * How each entry came to this member. Several requests go to disk and to other members together, and what is said of one
 * of them is not led to by another that happened to come at the same time.
 */
export interface Routes {
  /** By index of the entry: seq of the trace entry that brought it. */
  readonly brought: Map<number, number>;
  /** The entry of which the present event tells; 0 where it tells of several or of none. */
  told: number;
}

/** After a message or a proposal was taken in: what came with it. */
export function noteRoutes({ routes, raft }: MemberState, before: number, context: Context, message?: Message): void {
  if (message?.type === 'MsgApp') {
    const last = message.entries.at(-1);
    for (const entry of message.entries) {
      const cause = entry === last ? context.cause : causeOf(entry);
      if (cause !== undefined) routes.brought.set(entry.index, cause);
    }
    routes.told = last?.index ?? message.commit;
    return;
  }
  if (message?.type === 'MsgAppResp') routes.told = message.index;
  for (let index = before + 1; index <= lastIndex(raft.log); index++) routes.brought.set(index, context.cause);
}

/** Does something that is about one entry, led to by what brought that entry. */
export function along(state: MemberState, index: number, context: Context, act: () => void): void {
  const { cause } = context;
  const { routes, raft } = state;
  if (routes.told !== index) {
    const [entry] = index > raft.log.offset && index <= lastIndex(raft.log) ? slice(raft.log, index, index) : [];
    context.cause = routes.brought.get(index) ?? (entry === undefined ? undefined : causeOf(entry)) ?? cause;
  }
  act();
  context.cause = cause;
}

/** The entry of which a message tells; 0 for none. */
export function entryTold({ type, entries, commit, index }: Message): number {
  if (type === 'MsgApp') return entries.at(-1)?.index ?? commit;
  return type === 'MsgAppResp' ? index : 0;
}

function causeOf({ data }: Entry): number | undefined {
  const command = data as Command | undefined;
  return command?.type === 'txn' ? command.cause : undefined;
}
