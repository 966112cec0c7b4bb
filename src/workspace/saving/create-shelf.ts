import { createStore } from 'zustand/vanilla';
import type { Design } from '../../design/design.ts';
import type { ExportedFile, ImportedFile, Workspace } from '../workspace.ts';
import type { DesignStore, SavedDesign, SavedInfo } from './design-store.ts';
import type { Shelf, ShelfState } from './shelf.ts';
import { NoAnswerError, storageFault } from './storage-fault.ts';

/** What a shelf needs of the browser; tests put their own in its place. */
export interface ShelfParts {
  readonly workspace: Workspace;
  readonly store: DesignStore;
  /** Small words that outlive the page. */
  readonly memory: {
    /** The design that was open last, and the one that was being opened when the page ended. */
    get(key: 'open' | 'opening'): string | undefined;
    set(key: 'open' | 'opening', value: string | undefined): void;
  };
  readonly tabs: {
    tell(id: string): void;
    listen(heard: (id: string) => void): void;
  };
  nowMs(): number;
  newId(): string;
  /** Runs something later; gives what calls it off. */
  after(ms: number, run: () => void): () => void;
  persist(): Promise<boolean>;
}

/** Longest time between a change and the write of it. */
const PAUSE_MS = 300;
/** A browser that has not written by then does not answer. */
const PATIENCE_MS = 8_000;
/** A design that has been laid out, and shown for so long, did not end the page. */
const SHOWN_MS = 300;
const RETRY_MS = 10_000;
/** A page may be ended while a design opens; three times in a row it is the design. */
const MOST_OPENINGS = 3;

export function createShelf(parts: ShelfParts): Shelf {
  const { workspace, store, memory, tabs } = parts;
  const state = createStore<ShelfState>()(() => ({
    id: undefined,
    name: '',
    status: 'new',
    fault: undefined,
    savedAt: undefined,
    exportedAt: undefined,
    persisted: undefined,
    designs: [],
    notice: undefined,
  }));
  const get = state.getState;
  /** The design that needs no saving: as it was opened, or saved last. */
  let kept: Design | undefined = workspace.store.getState().design;
  /** The files of the last revision that this tab has seen. */
  let base: readonly ExportedFile[] = [];
  let revision = 0;
  let isLooking = false;
  let isOpening = false;
  let callOff: (() => void) | undefined;
  let running: Promise<void> | undefined;
  /** What is being written. */
  let sent: SavedDesign | undefined;
  let lastStartMs = -Infinity;
  let nameChanged = false;

  const isDirty = (): boolean => {
    return !isOpening && (nameChanged || workspace.store.getState().design !== kept);
  };

  const later = (ms: number): void => {
    callOff?.();
    callOff = parts.after(ms, () => {
      callOff = undefined;
      void flush();
    });
  };

  const flush = async (last = false): Promise<void> => {
    callOff?.();
    callOff = undefined;
    if (running) {
      // A write that waits for its look at the store ends with the page. The same revision goes out once more, to be
      // written without looking; where the first got through, its key is taken and nothing comes of the second.
      if (last && sent) store.save(sent, true).catch(() => undefined);
      return running;
    }
    if (!isDirty()) return undefined;
    running = write(last).finally(() => {
      running = undefined;
      sent = undefined;
      if (isDirty()) later(get().fault ? RETRY_MS : PAUSE_MS);
    });
    return running;
  };

  const write = async (last: boolean): Promise<void> => {
    lastStartMs = parts.nowMs();
    const { design } = workspace.store.getState();
    const files = workspace.exportFiles({ layout: 'keep' });
    if (get().id === undefined && files.length === 0) {
      kept = design;
      return;
    }
    const id = get().id ?? parts.newId();
    const { exportedAt } = get();
    const info: SavedInfo = {
      id,
      name: get().name || nameOf(files),
      revision: revision + 1,
      savedAt: lastStartMs,
      objects: design.records.size,
      files: files.length,
      ...(exportedAt === undefined ? {} : { exportedAt }),
    };
    try {
      sent = { info, files };
      const answer = await patient(store.save(sent, last), parts);
      if (answer.type === 'taken') return await join(info, files);
      const wasNew = get().id === undefined;
      revision = info.revision;
      base = files;
      kept = design;
      isLooking = false;
      nameChanged &&= get().name !== info.name && get().name !== '';
      remember(id);
      show(info);
      tabs.tell(id);
      if (wasNew) void parts.persist().then((persisted) => state.setState({ persisted }));
    } catch (error) {
      state.setState({ status: 'failed', fault: storageFault(error) });
    }
  };

  const show = (info: SavedInfo): void =>
    state.setState(({ designs, name }) => ({
      id: info.id,
      name: name || info.name,
      status: 'saved',
      fault: undefined,
      savedAt: info.savedAt,
      designs: [info, ...designs.filter(({ id }) => id !== info.id)],
    }));

  /** Another tab was faster: its changes and ours become one, or two designs. */
  const join = async (info: SavedInfo, files: readonly ExportedFile[]): Promise<void> => {
    // Two tabs on one design are rare, and a first picture is not to wait for what joins them.
    const [theirs, { mergeFiles, sameFiles }] = await Promise.all([store.load(info.id), import('./merge-files.ts')]);
    if (!theirs) {
      // Deleted meanwhile; ours is kept as a design of its own.
      state.setState({ id: undefined });
      revision = 0;
      return;
    }
    const merged = mergeFiles(base, files, theirs.files);
    if (merged) {
      revision = theirs.info.revision;
      base = theirs.files;
      if (!sameFiles(merged, files)) workspace.replaceFiles(merged);
      if (sameFiles(merged, theirs.files)) kept = workspace.store.getState().design;
      return;
    }
    state.setState({
      id: parts.newId(),
      name: freeName(theirs.info.name),
      notice: { id: 'conflict', other: theirs.info },
    });
    revision = 0;
    base = files;
  };

  const remember = (id: string): void => memory.set('open', `${id} ${parts.nowMs()}`);

  /**
   * The design that was open last: the one that is remembered, or one that was saved later still, because a browser that
   * is killed forgets small words of its last seconds. A person who began anew and made nothing finds nothing.
   */
  const lastOpen = (): SavedInfo | undefined => {
    const [newest] = get().designs;
    const [id = '', openedAt] = (memory.get('open') ?? '').split(' ');
    if (!newest || openedAt === undefined || newest.savedAt > Number(openedAt)) return newest;
    return get().designs.find((known) => known.id === id);
  };

  /** How often in a row the page ended while it opened a design. */
  const openings = (id: string): number => {
    const [opening, times] = (memory.get('opening') ?? '').split(' ');
    return opening === id ? Number(times) : 0;
  };

  const freeName = (name: string): string => {
    const taken = new Set(get().designs.map((known) => known.name));
    for (let number = 2; ; number++) if (!taken.has(`${name} (${number})`)) return `${name} (${number})`;
  };

  workspace.store.subscribe((now, before) => {
    const wasOpening = before.import.status === 'running' && before.import.opens;
    if (now.import.status === 'running') isOpening = now.import.opens;
    // The import ends first, and its design follows at once.
    else if (wasOpening) queueMicrotask(endOpening);
    if (now.design === before.design || !isDirty()) return;
    state.setState(({ status }) => (status === 'failed' ? {} : { status: 'waiting' }));
    if (!callOff && !running) later(Math.max(0, Math.min(PAUSE_MS, lastStartMs + PAUSE_MS - parts.nowMs())));
  });

  /** What was opened needs no saving; what began anew does, unless it is only looked at. */
  const endOpening = (): void => {
    const { design, import: importing } = workspace.store.getState();
    isOpening = false;
    // An opening that was called off is nothing to keep, least of all in place of what was kept.
    if (importing.status === 'done' && importing.account.cancelled) forget();
    if (isLooking || get().id !== undefined || design.files.size === 0) kept = design;
    if (isDirty()) later(0);
  };

  tabs.listen((id) => {
    void refresh();
    if (id === get().id && !isDirty() && !running) void takeOver(id);
  });

  /** Another tab saved this design and nothing is changed here: it is shown as it is there. */
  const takeOver = async (id: string): Promise<void> => {
    const [theirs, { sameFiles }] = await Promise.all([store.load(id), import('./merge-files.ts')]);
    if (!theirs || get().id !== id || theirs.info.revision <= revision || isDirty()) return;
    revision = theirs.info.revision;
    base = theirs.files;
    if (!sameFiles(theirs.files, workspace.exportFiles({ layout: 'keep' }))) workspace.replaceFiles(theirs.files);
    kept = workspace.store.getState().design;
    callOff?.();
    callOff = undefined;
    state.setState({ name: theirs.info.name });
    show(theirs.info);
  };

  const refresh = async (): Promise<void> => {
    try {
      state.setState({ designs: await patient(store.list(), parts) });
    } catch (error) {
      state.setState({ status: 'failed', fault: storageFault(error) });
    }
  };

  const forget = (): void => {
    state.setState({ id: undefined, name: '', status: 'new', savedAt: undefined, exportedAt: undefined });
    revision = 0;
    base = [];
  };

  const showFiles = (files: readonly ImportedFile[]): void => {
    nameChanged = false;
    isOpening = true;
    workspace.open(files);
    kept = workspace.store.getState().design;
    isOpening = files.length > 0;
  };

  const open = async ({ info, files }: SavedDesign): Promise<void> => {
    isLooking = false;
    revision = info.revision;
    base = files;
    state.setState({
      id: info.id,
      name: info.name,
      status: 'saved',
      savedAt: info.savedAt,
      exportedAt: info.exportedAt,
    });
    remember(info.id);
    memory.set('opening', `${info.id} ${openings(info.id) + 1}`);
    showFiles(files);
    const unsubscribe = workspace.store.subscribe(({ pending, import: importing }) => {
      if (pending || importing.status === 'running') return;
      unsubscribe();
      parts.after(SHOWN_MS, () => memory.set('opening', undefined));
    });
  };

  return {
    state,
    async start() {
      await refresh();
      const info = lastOpen();
      if (!info) return false;
      const { id } = info;
      if (openings(id) >= MOST_OPENINGS) {
        memory.set('opening', undefined);
        state.setState({ notice: { id: 'notOpened', other: info } });
        return false;
      }
      const saved = await store.load(id).catch(() => undefined);
      // What a person did in the meantime goes first.
      if (!saved || workspace.store.getState().design !== kept) return false;
      await open(saved);
      return true;
    },
    async begin(name, files, keep = true) {
      await flush();
      forget();
      remember('');
      state.setState({ name, notice: undefined });
      isLooking = !keep;
      showFiles(files);
      if (keep) kept = undefined;
    },
    async open(id) {
      await flush();
      const saved = await store.load(id);
      state.setState({ notice: undefined });
      if (saved) await open(saved);
    },
    bring(files) {
      if (isLooking && workspace.store.getState().design === kept) {
        forget();
        isLooking = false;
        showFiles([]);
      }
      workspace.importFiles(files);
    },
    rename(name) {
      state.setState({ name });
      nameChanged = true;
      if (get().id !== undefined || workspace.store.getState().design.files.size > 0) later(0);
    },
    async remove(id) {
      await store.remove(id);
      if (id === get().id) {
        forget();
        remember('');
        showFiles([]);
      }
      await refresh();
    },
    load: (id) => store.load(id),
    noteExported() {
      state.setState({ exportedAt: parts.nowMs() });
      if (get().id === undefined) return;
      nameChanged = true;
      later(0);
    },
    leave() {
      memory.set('opening', undefined);
      return flush(true);
    },
    flush: () => flush(),
    dismissNotice: () => state.setState({ notice: undefined }),
  };
}

/** `shop.yaml` is the design `shop`; several files are named by the folder they share. */
function nameOf(files: readonly ExportedFile[]): string {
  const [first] = files;
  const path = first?.path ?? '';
  const folder = path.slice(0, path.indexOf('/'));
  if (files.length > 1 && folder !== '' && files.every((file) => file.path.startsWith(`${folder}/`))) return folder;
  return (path.split('/').pop() ?? '').replace(/\.(?:ya?ml|json)$/i, '');
}

function patient<Value>(work: Promise<Value>, { after }: ShelfParts): Promise<Value> {
  return new Promise((resolve, reject) => {
    const callOff = after(PATIENCE_MS, () => reject(new NoAnswerError()));
    work.then(resolve, reject).finally(callOff);
  });
}
