import type { ExportedFile } from '../workspace.ts';

/** What is known of a kept design without reading its files. */
export interface SavedInfo {
  readonly id: string;
  readonly name: string;
  /** Counts up with every save, whichever tab it comes from. */
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly objects: number;
  readonly files: number;
  /** When its files were last taken out of the browser; milliseconds since 1970. */
  readonly exportedAt?: number;
}

export interface SavedDesign {
  readonly info: SavedInfo;
  /** As an export writes them, layout included. */
  readonly files: readonly ExportedFile[];
}

export type SaveAnswer =
  | { readonly type: 'saved' }
  /** Another revision is there already: another tab was faster. Nothing was written. */
  | { readonly type: 'taken' };

/**
 * Where designs are kept between visits. Everything may reject: a browser that keeps nothing, a full disk, a store that a
 * newer Drydock has written.
 */
export interface DesignStore {
  /** Newest first. Entries that do not read are left out. */
  list(): Promise<readonly SavedInfo[]>;
  /** The newest revision that reads; undefined where there is none. */
  load(id: string): Promise<SavedDesign | undefined>;
  /**
   * Writes the revision after the one that is there, all of it or nothing. `last`: the page is going, and the request has
   * to be on its way when the call returns.
   */
  save(design: SavedDesign, last: boolean): Promise<SaveAnswer>;
  remove(id: string): Promise<void>;
}
