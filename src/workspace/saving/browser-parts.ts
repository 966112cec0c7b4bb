import type { ShelfParts } from './create-shelf.ts';
import { indexedDesignStore } from './indexed-design-store.ts';

const PREFIX = 'drydock.';

/** What a shelf needs, from the browser that runs the page. A browser that remembers nothing is no reason to stop. */
export function browserParts(): Omit<ShelfParts, 'workspace'> {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('drydock.saved');
  return {
    store: indexedDesignStore(),
    memory: {
      // A tab comes back to its own design, a new one to the newest of all tabs.
      get: (key) => (key === 'open' ? read(sessionStorage, key) : undefined) ?? read(localStorage, key),
      set: (key, value) => {
        if (key === 'open') write(sessionStorage, key, value);
        write(localStorage, key, value);
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
        return await navigator.storage.persist();
      } catch {
        return false;
      }
    },
  };
}

function read(storage: Storage, key: string): string | undefined {
  try {
    return storage.getItem(PREFIX + key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(storage: Storage, key: string, value: string | undefined): void {
  try {
    if (value === undefined) storage.removeItem(PREFIX + key);
    else storage.setItem(PREFIX + key, value);
  } catch {
    // Private windows and full disks: the design opens from the list then.
  }
}

/** Whether somebody has made something here, or has been welcomed. */
export function isFirstVisit(): boolean {
  return read(localStorage, 'visited') === undefined;
}

export function markVisited(): void {
  write(localStorage, 'visited', '1');
}
