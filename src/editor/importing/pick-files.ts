import { showToast } from '../../kit/toasts.ts';
import type { Shelf } from '../../workspace/saving/shelf.ts';
import { askForFiles } from '../ask-for-files.ts';
import { rememberFolder, rememberHandle } from '../exporting/writable-places.ts';
import type { WritableFolder, WritableHandle } from '../exporting/writable-places.ts';
import { importAll, isManifest } from './read-files.ts';
import type { FoundFile } from './read-files.ts';

interface FileHandle extends WritableHandle {
  readonly kind?: 'file';
  getFile(): Promise<File>;
}

interface FolderHandle extends WritableFolder {
  values(): AsyncIterable<FileHandle | FolderHandle>;
}

/** Pickers that give files which can be written again; Chromium has them. */
interface Pickers {
  showOpenFilePicker?(options: object): Promise<readonly FileHandle[]>;
  showDirectoryPicker?(options: object): Promise<FolderHandle>;
}

/** Opens the browser's file dialog and brings in what was chosen. `isTaken`: whether the design has a file of that path. */
export function pickFiles(shelf: Shelf, what: 'files' | 'folder', isTaken: (path: string) => boolean): void {
  const { showOpenFilePicker, showDirectoryPicker } = window as unknown as Pickers;
  if (what === 'files' && showOpenFilePicker)
    void pickWritable(shelf, () => showOpenFilePicker.call(window, { multiple: true }), isTaken);
  else if (what === 'folder' && showDirectoryPicker)
    void pickFolder(shelf, () => showDirectoryPicker.call(window, { mode: 'readwrite' }), isTaken);
  else void pickByInput(shelf, what);
}

/** A folder whose manifests can be written again, and in which new files find their place. */
async function pickFolder(
  shelf: Shelf,
  pick: () => Promise<FolderHandle>,
  isTaken: (path: string) => boolean,
): Promise<void> {
  try {
    const folder = await pick();
    const found: FoundFile[] = [];
    for await (const { path, handle } of filesIn(folder, folder.name)) {
      found.push({ path, file: await handle.getFile() });
      if (!isTaken(path)) rememberHandle(path, handle);
    }
    rememberFolder(folder);
    await importAll(shelf, found, true);
  } catch (error) {
    tell(error);
  }
}

/** Every manifest of a folder and of those in it, by name; hidden ones such as `.git` are passed over. */
async function* filesIn(
  folder: FolderHandle,
  path: string,
): AsyncGenerator<{ readonly path: string; readonly handle: FileHandle }> {
  const entries: (FileHandle | FolderHandle)[] = [];
  for await (const entry of folder.values()) entries.push(entry);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const inside = `${path}/${entry.name}`;
    if (entry.name.startsWith('.')) continue;
    if (entry.kind === 'directory') yield* filesIn(entry as FolderHandle, inside);
    else if (isManifest(inside)) yield { path: inside, handle: entry as FileHandle };
  }
}

/** Closing the dialog is no fault. */
function tell(error: unknown): void {
  if ((error as { name?: unknown }).name !== 'AbortError') showToast({ text: String(error), tone: 'bad' });
}

async function pickWritable(
  shelf: Shelf,
  pick: () => Promise<readonly FileHandle[]>,
  isTaken: (path: string) => boolean,
): Promise<void> {
  try {
    const chosen = await pick();
    const files = await Promise.all(
      chosen.map(async (handle) => ({ path: handle.name, file: await handle.getFile() })),
    );
    // A file that gets another name in the design must not be written over by the one that has its name.
    for (const handle of chosen) if (!isTaken(handle.name)) rememberHandle(handle.name, handle);
    await importAll(shelf, files, false);
  } catch (error) {
    tell(error);
  }
}

async function pickByInput(shelf: Shelf, what: 'files' | 'folder'): Promise<void> {
  const chosen = await askForFiles(
    what === 'folder' ? { several: true, folder: true } : { several: true, accept: '.yaml,.yml,.json,.svg,.png' },
  );
  const files = chosen.map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  if (files.length > 0) await importAll(shelf, files, what === 'folder');
}
