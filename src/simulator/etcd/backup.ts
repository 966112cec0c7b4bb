import type { ComponentId, Context } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import type { KeySpace } from './mvcc.ts';
import { copyKeySpace } from './mvcc.ts';
import type { Serving } from './serving.ts';

/** Method with which a member is asked for a snapshot, and with which it begins with one. */
export const SNAPSHOT = 'snapshot';
export const RESTORE = 'restore';

/** How a snapshot is restored. */
export interface RestoreOptions {
  /** What is added to its revision, so that clients have not seen what comes after. */
  readonly bumpRevision: number;
  /** Whether everything up to there counts as compacted, so that whoever watched before begins anew. */
  readonly markCompacted: boolean;
}

/** Hands out everything that a member holds. Source: server/etcdserver/api/v3rpc/maintenance.go `Snapshot`, 3.6.8. */
export function answerSnapshot(
  { space }: Serving,
  from: ComponentId,
  { id, method }: CallMessage,
  context: Context,
): void {
  const result = Object.freeze({ space: Object.freeze(copyKeySpace(space)), revision: space.revision });
  const detail = { class: 'response', verb: 'Snapshot', opener: from, detail: { revision: space.revision } } as const;
  context.send(from, { type: 'answer', id, method, ok: true, result }, detail);
}

/**
 * The key space of a snapshot as a restored member begins with it: the history of before is kept, unless it is marked as
 * compacted.
 * Source: etcdutl/snapshot/v3_snapshot.go `modifyLatestRevision`, 3.6.8.
 */
export function restoredSpace(snapshot: KeySpace, { bumpRevision, markCompacted }: RestoreOptions): KeySpace {
  const space = copyKeySpace(snapshot);
  space.revision += bumpRevision;
  if (markCompacted) {
    space.changes.drop(space.changes.length);
    space.compactRevision = space.revision;
  }
  return space;
}
