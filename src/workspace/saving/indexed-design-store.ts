import type { DesignStore, SaveAnswer, SavedDesign, SavedInfo } from './design-store.ts';
import { NewerStoreError } from './storage-fault.ts';

const DATABASE = 'drydock';
/** Goes up when the form of what is stored changes; an older Drydock then keeps its hands off. */
const VERSION = 1;
const INFOS = 'infos';
const REVISIONS = 'revisions';
/** Older revisions that stay: one that does not read is no loss then. */
const KEPT_REVISIONS = 3;

interface Stored extends SavedDesign {
  readonly id: string;
  readonly revision: number;
}

/**
 * Designs in IndexedDB. A revision is a record of its own, and its key can be taken only once: two tabs never write over
 * each other, not even when one of them writes in its last moment and nothing can be read before.
 */
export function indexedDesignStore(): DesignStore {
  let database: IDBDatabase | undefined;
  let opening: Promise<IDBDatabase> | undefined;
  let isNewer = false;

  const opened = (): Promise<IDBDatabase> => {
    if (isNewer) return Promise.reject(new NewerStoreError());
    opening ??= openDatabase().then(
      (found) => {
        database = found;
        // A newer Drydock in another tab waits for this one to let go.
        found.addEventListener('versionchange', () => {
          isNewer = true;
          found.close();
        });
        found.addEventListener('close', () => {
          database = undefined;
          opening = undefined;
        });
        return found;
      },
      (error: unknown) => {
        opening = undefined;
        throw error;
      },
    );
    return opening;
  };

  return {
    async list() {
      const found = await answer(store(await opened(), INFOS).getAll());
      return found.filter(isInfo).sort((a, b) => b.savedAt - a.savedAt);
    },
    async load(id) {
      const stored = await answer(store(await opened(), REVISIONS).getAll(allOf(id)));
      return (stored as unknown[]).filter(isStored).at(-1);
    },
    save: (design, last) =>
      database && !isNewer ? write(database, design, last) : opened().then((found) => write(found, design, last)),
    async remove(id) {
      const transaction = (await opened()).transaction([INFOS, REVISIONS], 'readwrite');
      transaction.objectStore(INFOS).delete(id);
      transaction.objectStore(REVISIONS).delete(allOf(id));
      await finished(transaction);
    },
  };
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, VERSION);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(INFOS, { keyPath: 'id' });
    request.result.createObjectStore(REVISIONS, { keyPath: ['id', 'revision'] });
  });
  return answer(request);
}

function write(database: IDBDatabase, { info, files }: SavedDesign, last: boolean): Promise<SaveAnswer> {
  const { id, revision } = info;
  const transaction = database.transaction([INFOS, REVISIONS], 'readwrite', { durability: 'strict' });
  const infos = transaction.objectStore(INFOS);
  const revisions = transaction.objectStore(REVISIONS);
  const before = infos.get(id);
  let isTaken = false;
  before.addEventListener('success', () => {
    const known: unknown = before.result;
    if (!isInfo(known) || known.revision === revision - 1) return;
    isTaken = true;
    transaction.abort();
  });
  const added = revisions.add({ id, revision, info, files } satisfies Stored);
  infos.put(info);
  revisions.delete(IDBKeyRange.bound([id, 0], [id, Math.max(0, revision - KEPT_REVISIONS)]));
  // What is committed is written even if the page ends now, but can no longer be looked at before.
  if (last) transaction.commit();
  return finished(transaction).then(
    () => ({ type: 'saved' }),
    (error: unknown) => {
      if (isTaken || added.error?.name === 'ConstraintError') return { type: 'taken' };
      throw error;
    },
  );
}

function store(database: IDBDatabase, name: string): IDBObjectStore {
  return database.transaction(name).objectStore(name);
}

function allOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Infinity]);
}

function answer<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the store gave no reason')));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('the store gave no reason')));
  });
}

function isInfo(value: unknown): value is SavedInfo {
  const { id, name, revision, savedAt, objects, files } = (value ?? {}) as Partial<Record<keyof SavedInfo, unknown>>;
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    [revision, savedAt, objects, files].every((number) => typeof number === 'number' && Number.isFinite(number))
  );
}

function isStored(value: unknown): value is Stored {
  const { info, files } = (value ?? {}) as Partial<Record<keyof Stored, unknown>>;
  return (
    isInfo(info) &&
    Array.isArray(files) &&
    files.every(
      (file: unknown) =>
        typeof (file as { path?: unknown } | null)?.path === 'string' &&
        (file as { content?: unknown }).content instanceof Uint8Array,
    )
  );
}
