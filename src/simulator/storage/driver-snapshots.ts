import type { ReleaseNumbers } from '../release/numbers.ts';

/** A snapshot as a driver's storage has it, by its id; `deleted` where there was one. */
export type DriverSnapshots = Map<string, StoredSnapshot | 'deleted'>;

interface StoredSnapshot {
  readonly sizeBytes: number;
  readonly createdAtMs: number;
  /** From when on a volume can be made of it. */
  readonly readyAtMs: number;
}

interface Asked {
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type DriverAnswer = { readonly result: Readonly<Record<string, unknown>> } | { readonly error: string };

export const SNAPSHOT_METHODS: ReadonlySet<string> = new Set(['CreateSnapshot', 'ListSnapshots', 'DeleteSnapshot']);

/** How long a driver takes: it has a snapshot that it was asked for before, and has only to look at it. */
export function snapshotCallMs(
  snapshots: DriverSnapshots,
  { method, parameters }: Asked,
  { createSnapshotMs, deleteSnapshotMs, snapshotStatusMs }: ReleaseNumbers['storage'],
): number {
  if (method === 'DeleteSnapshot') return deleteSnapshotMs;
  const isNew = method === 'CreateSnapshot' && !snapshots.has(String(parameters['name']));
  return isNew ? createSnapshotMs : snapshotStatusMs;
}

/**
 * Carries out what is asked of a storage. A snapshot is there once it is taken, and can be used a while later, as of storage
 * that copies what it holds. One that nobody here has made lay there before the run, and can be used.
 * Source: github.com/container-storage-interface/spec spec.md `CreateSnapshot`, `DeleteSnapshot`, `ListSnapshots`, v1.12.
 */
export function carryOutSnapshot(
  snapshots: DriverSnapshots,
  { method, parameters }: Asked,
  nowMs: number,
  { snapshotReadyMs }: ReleaseNumbers['storage'],
): DriverAnswer {
  const id = String(method === 'CreateSnapshot' ? parameters['name'] : parameters['snapshotId']);
  const found = snapshots.get(id);
  if (method === 'DeleteSnapshot') {
    snapshots.set(id, 'deleted');
    return { result: {} };
  }
  if (method === 'ListSnapshots') {
    if (found === 'deleted') return { error: `can not find snapshot for snapshotID ${id}` };
    return { result: found === undefined ? { readyToUse: true } : told(id, found, nowMs) };
  }
  if (found !== undefined && found !== 'deleted') return { result: told(id, found, nowMs) };
  const sizeBytes = Number(parameters['volumeBytes'] ?? 0);
  const made = Object.freeze({ sizeBytes, createdAtMs: nowMs, readyAtMs: nowMs + snapshotReadyMs });
  snapshots.set(id, made);
  return { result: told(id, made, nowMs) };
}

function told(id: string, { sizeBytes, createdAtMs, readyAtMs }: StoredSnapshot, nowMs: number) {
  return { snapshotId: id, sizeBytes, createdAtMs, readyToUse: nowMs >= readyAtMs };
}

/** Why no volume can be made of a snapshot; undefined where one can. Source: spec.md `CreateVolume` errors, v1.12. */
export function unusableSnapshot(snapshots: DriverSnapshots, id: string): string | undefined {
  if (snapshots.get(id) !== 'deleted') return undefined;
  return `rpc error: code = NotFound desc = snapshot ${id} does not exist`;
}
