import type { DesignStore, SavedDesign } from '../design-store.ts';
import type { ShelfParts } from '../create-shelf.ts';

/** What several tabs of one browser share, kept in memory: a store that can be told to fail, and words between tabs. */
export class MemoryBrowser {
  readonly designs = new Map<string, SavedDesign[]>();
  /** Thrown by every write for as long as it is set. */
  fault: unknown;
  /** Writes end with the page but for those that are told to be the last. */
  isSlow = false;
  private readonly words = new Map<string, string>();
  private readonly heard: { readonly tab: number; readonly hear: (id: string) => void }[] = [];
  private tabs = 0;
  private ids = 0;
  private clockMs = 1_000;

  /** What one tab sees of the browser. */
  tab(): Omit<ShelfParts, 'workspace'> {
    const tab = this.tabs++;
    return {
      store: this.store(),
      memory: {
        get: (key) => this.words.get(key),
        set: (key, value) => void (value === undefined ? this.words.delete(key) : this.words.set(key, value)),
      },
      tabs: {
        tell: (id) => this.heard.forEach((other) => other.tab !== tab && queueMicrotask(() => other.hear(id))),
        listen: (hear) => void this.heard.push({ tab, hear }),
      },
      nowMs: () => this.clockMs++,
      newId: () => `d${++this.ids}`,
      after: (ms, run) => {
        const timer = setTimeout(run, Math.min(ms, ms >= 1_000 ? ms : 5));
        return () => clearTimeout(timer);
      },
      persist: () => Promise.resolve(true),
    };
  }

  texts(id: string): Readonly<Record<string, string>> {
    const files = this.designs.get(id)?.at(-1)?.files ?? [];
    return Object.fromEntries(files.map(({ path, content }) => [path, new TextDecoder().decode(content)]));
  }

  private store(): DesignStore {
    const newest = (id: string): SavedDesign | undefined => this.designs.get(id)?.at(-1);
    return {
      list: () => Promise.resolve([...this.designs.keys()].flatMap((id) => newest(id)?.info ?? []).reverse()),
      load: (id) => Promise.resolve(newest(id)),
      save: (design, last) => {
        if (this.isSlow && !last) return new Promise(() => undefined);
        // oxlint-disable-next-line prefer-promise-reject-errors
        if (this.fault !== undefined) return Promise.reject(this.fault);
        const { id, revision } = design.info;
        const before = newest(id);
        if (before && before.info.revision !== revision - 1) return Promise.resolve({ type: 'taken' });
        this.designs.set(id, [...(this.designs.get(id) ?? []), design]);
        return Promise.resolve({ type: 'saved' });
      },
      remove: (id) => {
        this.designs.delete(id);
        return Promise.resolve();
      },
    };
  }
}
