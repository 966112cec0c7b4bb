/** Where small words outlive the page: in this tab, or in the browser. */
export type Span = 'session' | 'local';

const PREFIX = 'drydock.';

/** Whether the page stands in somebody else's: it looks at nothing that was kept, and keeps nothing. */
export function isEmbedded(): boolean {
  if (typeof document === 'undefined') return false;
  return (
    document.documentElement.dataset['embed'] !== undefined || new URLSearchParams(location.search).get('embed') === '1'
  );
}

/** Whether designs are only looked at: in a frame, unless its address says `edit=1`. */
export function looksOnly(): boolean {
  return isEmbedded() && new URLSearchParams(location.search).get('edit') !== '1';
}

/** A word that the page kept; undefined where it kept none, or the browser refuses to look. */
export function readWord(key: string, span: Span = 'local'): string | undefined {
  if (isEmbedded()) return undefined;
  try {
    return storageOf(span).getItem(PREFIX + key) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps a word, or forgets it where it is undefined. A browser that keeps nothing (a private window, a full disk) is no
 * reason to stop: the word lives as long as the page.
 */
export function keepWord(key: string, value: string | undefined, span: Span = 'local'): void {
  if (isEmbedded()) return;
  try {
    if (value === undefined) storageOf(span).removeItem(PREFIX + key);
    else storageOf(span).setItem(PREFIX + key, value);
  } catch {
    // As said above.
  }
}

function storageOf(span: Span): Storage {
  return span === 'session' ? sessionStorage : localStorage;
}
