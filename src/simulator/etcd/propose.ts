import type { Command, MemberState } from './member-state.ts';
import { step } from './raft/step.ts';
import { messageOf } from './raft/types.ts';

/** Asks the group to agree on a command. */
export function propose({ raft }: MemberState, command: Command): void {
  const entries = [{ term: 0, index: 0, data: Object.freeze(command) }];
  step(raft, messageOf({ type: 'MsgProp', from: raft.config.id, entries }));
}
