import { lastIndex, lastTerm, slice, stableTo } from './log.ts';
import type { Advance, Raft } from './raft.ts';
import { hardStateOf, say, sayerOf } from './raft.ts';
import { step } from './step.ts';
import type { Entry, HardState, Message, Snapshot, StateName } from './types.ts';

/** What a member has for its owner to do: write to disk, then send and apply; then `advance`. */
export interface Ready {
  /** Whose the lead is, where that has changed. */
  readonly soft: { readonly lead: number; readonly state: StateName } | undefined;
  readonly hard: HardState | undefined;
  readonly entries: readonly Entry[];
  readonly snapshot: Snapshot | undefined;
  readonly committed: readonly Entry[];
  /** Messages that need not wait for the disk; and those that must. */
  readonly messages: readonly Message[];
  readonly afterAppend: readonly Message[];
  readonly readStates: Raft['readStates'];
  /** Whether what is written must be on the disk before anybody is told. */
  readonly mustSync: boolean;
}

function softOf({ lead, state, toldSoft }: Raft): Ready['soft'] {
  return lead === toldSoft.lead && state === toldSoft.state ? undefined : Object.freeze({ lead, state });
}

function hardOf(raft: Raft): HardState | undefined {
  const [hard, told] = [hardStateOf(raft), raft.toldHard];
  const isSame = hard.term === told.term && hard.vote === told.vote && hard.commit === told.commit;
  return isSame ? undefined : hard;
}

function nextCommitted({ log }: Raft): readonly Entry[] {
  return log.snapshot === undefined ? slice(log, log.applying + 1, log.committed) : [];
}

/** Source: github.com/etcd-io/raft v3.6.0, rawnode.go `HasReady`. */
export function hasReady(raft: Raft): boolean {
  const { log } = raft;
  return (
    softOf(raft) !== undefined ||
    hardOf(raft) !== undefined ||
    (log.snapshot !== undefined && !log.isSnapshotInProgress) ||
    raft.messages.length + raft.afterAppend.length + raft.readStates.length > 0 ||
    log.inProgress < lastIndex(log) ||
    nextCommitted(raft).length > 0
  );
}

/** Takes what is there to do. Source: rawnode.go `Ready`, without asynchronous storage writes. */
export function takeReady(raft: Raft): Ready {
  const { log, config, toldHard } = raft;
  const entries = slice(log, log.inProgress + 1, lastIndex(log));
  const hard = hardOf(raft);
  const ready: Ready = {
    soft: softOf(raft),
    hard,
    entries,
    snapshot: log.isSnapshotInProgress ? undefined : log.snapshot,
    committed: nextCommitted(raft),
    messages: raft.messages,
    afterAppend: raft.afterAppend.filter(({ to }) => to !== config.id),
    readStates: raft.readStates,
    mustSync: entries.length > 0 || raft.vote !== toldHard.vote || raft.term !== toldHard.term,
  };
  if (ready.soft !== undefined) raft.toldSoft = ready.soft;
  if (hard !== undefined) raft.toldHard = hard;
  raft.onAdvance = advancesOf(raft, ready);
  raft.messages = [];
  raft.afterAppend = [];
  raft.readStates = [];
  log.inProgress = lastIndex(log);
  if (log.snapshot !== undefined) log.isSnapshotInProgress = true;
  log.applying = ready.committed.at(-1)?.index ?? log.applying;
  return ready;
}

function advancesOf({ afterAppend, config, log, term }: Raft, { snapshot, committed }: Ready): readonly Advance[] {
  const advances: Advance[] = afterAppend
    .filter(({ to }) => to === config.id)
    .map((message) => ({ type: 'message', message }));
  if (log.stable < lastIndex(log))
    advances.push({ type: 'appended', term, index: lastIndex(log), logTerm: lastTerm(log) });
  if (snapshot !== undefined) advances.push({ type: 'snapshot', index: snapshot.index });
  const last = committed.at(-1);
  if (last !== undefined) advances.push({ type: 'applied', index: last.index });
  return Object.freeze(advances);
}

/** What was ready is on disk and applied. Source: rawnode.go `Advance`. */
export function advance(raft: Raft): void {
  const { onAdvance, log } = raft;
  raft.onAdvance = [];
  for (const one of onAdvance) {
    if (one.type === 'message') step(raft, one.message);
    else if (one.type === 'applied') log.applied = Math.max(log.applied, one.index);
    else if (one.type === 'snapshot') {
      if (log.snapshot?.index === one.index) {
        log.snapshot = undefined;
        log.isSnapshotInProgress = false;
      }
      log.applied = Math.max(log.applied, one.index);
      log.applying = Math.max(log.applying, one.index);
    } else if (one.term < raft.term)
      say(
        raft,
        1,
        `${raft.config.id} [term: ${raft.term}] ignored entry appends from a MsgStorageAppendResp message with lower term [term: ${one.term}]`,
      );
    else stableTo(log, one.index, one.logTerm, sayerOf(raft));
  }
}
