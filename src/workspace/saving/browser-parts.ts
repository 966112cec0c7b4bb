import type { ShelfParts } from './create-shelf.ts';
import { forgetfulStore } from './forgetful-store.ts';
import { indexedDesignStore } from './indexed-design-store.ts';
import { isEmbedded, keepWord, readWord } from './person-memory.ts';

/** What a shelf needs, from the browser that runs the page. A browser that remembers nothing is no reason to stop. */
export function browserParts(): Omit<ShelfParts, 'workspace'> {
  const isAlone = isEmbedded() || typeof BroadcastChannel === 'undefined';
  const channel = isAlone ? undefined : new BroadcastChannel('drydock.saved');
  return {
    store: isEmbedded() ? forgetfulStore() : indexedDesignStore(),
    memory: {
      // A tab comes back to its own design, a new one to the newest of all tabs.
      get: (key) => (key === 'open' ? readWord(key, 'session') : undefined) ?? readWord(key),
      set: (key, value) => {
        if (key === 'open') keepWord(key, value, 'session');
        keepWord(key, value);
      },
    },
    tabs: {
      tell: (id) => channel?.postMessage(id),
      listen: (heard) =>
        channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
          if (typeof data === 'string') heard(data);
        }),
    },
    nowMs: () => Date.now(),
    newId: () => crypto.randomUUID(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    persist: async () => {
      try {
        return !isEmbedded() && (await navigator.storage.persist());
      } catch {
        return false;
      }
    },
  };
}

/** Whether somebody has made something here, or has been welcomed. */
export function isFirstVisit(): boolean {
  return !isEmbedded() && readWord('visited') === undefined;
}

export function markVisited(): void {
  keepWord('visited', '1');
}
