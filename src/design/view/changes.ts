import type { DesignRecord, RecordId } from '../design.ts';
import type { ReferenceGraph, ResolvedReference } from '../graph.ts';

type Records = ReadonlyMap<RecordId, DesignRecord>;

/** Which records differ between two states. */
interface ChangedRecords {
  readonly ids: ReadonlySet<RecordId>;
  /** Places changed: records came or went. */
  readonly isMoved: boolean;
}

/** Undefined where records that stayed stand in another order: then everything may differ. */
export function changedRecords(before: Records, after: Records): ChangedRecords | undefined {
  const ids = new Set<RecordId>();
  if (before === after) return { ids, isMoved: false };
  const gone = new Set<RecordId>();
  for (const id of before.keys()) if (!after.has(id)) gone.add(id);
  const stayed = [...before.keys()].filter((id) => !gone.has(id));
  let at = 0;
  let came = 0;
  for (const [id, record] of after) {
    const old = before.get(id);
    if (old !== record) ids.add(id);
    if (old === undefined) came++;
    else if (stayed[at++] !== id) return undefined;
  }
  for (const id of gone) ids.add(id);
  return { ids, isMoved: came > 0 || gone.size > 0 };
}

/** Records that point at something else than before. */
export function changedOutgoing(
  before: ReferenceGraph,
  after: ReferenceGraph,
  records: Records,
  changed: Iterable<RecordId>,
): ReadonlySet<RecordId> {
  const ids = new Set<RecordId>();
  if (before === after) return ids;
  for (const id of changed) ids.add(id);
  for (const id of records.keys()) if (!sameReferences(before.outgoing(id), after.outgoing(id))) ids.add(id);
  return ids;
}

function sameReferences(a: readonly ResolvedReference[], b: readonly ResolvedReference[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((reference, at) => sameReference(reference, b[at]!));
}

function sameReference(a: ResolvedReference, b: ResolvedReference): boolean {
  return (
    a === b ||
    (a.declaration === b.declaration &&
      a.to === b.to &&
      a.toIdentity === b.toIdentity &&
      a.resolved === b.resolved &&
      a.because === b.because &&
      a.maker === b.maker)
  );
}
