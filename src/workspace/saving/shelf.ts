import type { StoreApi } from 'zustand/vanilla';
import type { ImportedFile } from '../workspace.ts';
import type { SavedDesign, SavedInfo } from './design-store.ts';
import type { StorageFault } from './storage-fault.ts';

/** Keeps the design that is shown, and those of before, in this browser: nobody has to save anything. */
export interface Shelf {
  readonly state: StoreApi<ShelfState>;
  /** Opens what was open last. Gives whether there was anything, and it was not what ended the last visit. */
  start(): Promise<boolean>;
  /** Begins a design: with no files an empty one. `keep`: whether it is kept before anybody changes it. */
  begin(name: string, files: readonly ImportedFile[], keep?: boolean): Promise<void>;
  open(id: string): Promise<void>;
  /** Brings files into the design, or in the place of one that was only to be looked at. */
  bring(files: readonly ImportedFile[]): void;
  rename(name: string): void;
  remove(id: string): Promise<void>;
  load(id: string): Promise<SavedDesign | undefined>;
  /** Its files were taken out of the browser just now. */
  noteExported(): void;
  /** Writes at once what is not written yet; after a fault, tries again. */
  flush(): Promise<void>;
  /** The page goes, and means to: what is not written yet is written now. */
  leave(): Promise<void>;
  dismissNotice(): void;
}

export interface ShelfState {
  /** undefined until there is something to keep. */
  readonly id: string | undefined;
  /** '' for a design that nobody has given a name. */
  readonly name: string;
  /** `new`: nothing to keep yet. `waiting`: changed, and about to be written. */
  readonly status: 'new' | 'waiting' | 'saved' | 'failed';
  readonly fault: StorageFault | undefined;
  /** Milliseconds since 1970. */
  readonly savedAt: number | undefined;
  readonly exportedAt: number | undefined;
  /** Whether the browser promised not to throw it away when room runs out; undefined until asked. */
  readonly persisted: boolean | undefined;
  /** All designs that are kept, newest first. */
  readonly designs: readonly SavedInfo[];
  readonly notice: ShelfNotice | undefined;
}

export type ShelfNotice =
  /** Another tab changed the same object: both versions are kept, this tab goes on under another name. */
  | { readonly id: 'conflict'; readonly other: SavedInfo }
  /** The page ended while it opened this design; it is not opened again without being asked. */
  | { readonly id: 'notOpened'; readonly other: SavedInfo };
