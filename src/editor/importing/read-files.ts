import { showToast } from '../../kit/toasts.ts';
import { visibleText } from '../../kit/visible-text.ts';
import type { Shelf } from '../../workspace/saving/shelf.ts';
import type { ImportedFile } from '../../workspace/workspace.ts';

import { i18n } from '../i18n.ts';
import { fetchLater } from '../later.tsx';
import { openDialog } from '../page-state.ts';
import { foreignIn } from './foreign.ts';

const pictures = () => import('../../interchange/picture/embedded-design.ts');
fetchLater(pictures);

export interface FoundFile {
  readonly path: string;
  readonly file: File;
}

const MANIFEST = /\.(ya?ml|json)$/i;
const FOREIGN = /(?:^|\/)(?:[Kk]ustomization(?:\.ya?ml)?|(?:docker-)?compose[\w.-]*\.ya?ml)$/;
/** Whether a file of a folder is taken. */
export function isManifest(path: string): boolean {
  return MANIFEST.test(path);
}

const PICTURE = /\.(svg|png)$/i;

/**
 * Reads files and hands them to the workspace. Of a folder only manifests are taken, as `kubectl apply -R -f` does;
 * files chosen one by one are all taken, and those that are no text end in the account of the import.
 */
export async function importAll(shelf: Shelf, found: readonly FoundFile[], onlyManifests: boolean): Promise<void> {
  // What a kustomization or a compose file names may have any ending.
  const isForeign = found.some(({ path }) => FOREIGN.test(path));
  const wanted = onlyManifests && !isForeign ? found.filter(({ path }) => isManifest(path)) : found;
  try {
    const files: ImportedFile[] = [];
    for (const { path, file } of wanted) {
      const content = new Uint8Array(await file.arrayBuffer());
      const carried = PICTURE.test(path) ? (await pictures()).designInPicture(content) : [{ path, content }];
      if (carried) files.push(...carried);
      else showToast({ text: i18n.t('files:noDesign', { file: visibleText(path) }), tone: 'bad' });
    }
    if (files.length > 0) bringIn(shelf, files);
  } catch (error) {
    showToast({ text: String(error), tone: 'bad' });
  }
}

/** Files of another tool are shown first with what becomes of them; manifests come in at once. */
export function bringIn(shelf: Shelf, files: readonly ImportedFile[]): void {
  const found = foreignIn(files);
  if (found) openDialog({ type: 'foreign', files, found });
  else shelf.bring(files);
}

/** Every file of a drop, folders searched through; skips hidden folders such as `.git`. */
export async function filesOfDrop(
  transfer: DataTransfer,
): Promise<{ readonly found: readonly FoundFile[]; readonly folder: boolean }> {
  // Entries must be taken before the first await: the transfer is emptied when the event ends.
  const entries = [...transfer.items].flatMap((item) =>
    item.kind === 'file' ? [item.webkitGetAsEntry() ?? undefined] : [],
  );
  const loose = [...transfer.files];
  const found: FoundFile[] = [];
  let folder = false;
  for (const [index, entry] of entries.entries()) {
    if (entry?.isDirectory) {
      folder = true;
      await walk(entry as FileSystemDirectoryEntry, found);
    } else {
      const file = loose[index];
      if (file) found.push({ path: file.name, file });
    }
  }
  return { found, folder };
}

async function walk(directory: FileSystemDirectoryEntry, found: FoundFile[]): Promise<void> {
  const reader = directory.createReader();
  const entries: FileSystemEntry[] = [];
  // A reader gives at most a hundred entries at a time.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) break;
    entries.push(...batch);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, found);
    else {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
      found.push({ path: entry.fullPath.replace(/^\//, ''), file });
    }
  }
}
