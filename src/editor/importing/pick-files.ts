import { showToast } from '../../kit/toasts.ts';
import type { Shelf } from '../../workspace/saving/shelf.ts';
import { rememberHandle } from '../exporting/save-back.ts';
import type { WritableHandle } from '../exporting/save-back.ts';
import { importAll } from './read-files.ts';

interface FileHandle extends WritableHandle {
  getFile(): Promise<File>;
}

/** Pickers that give files which can be written again; Chromium has them. */
interface Pickers {
  showOpenFilePicker?(options: object): Promise<readonly FileHandle[]>;
}

/** Opens the browser's file dialog and brings in what was chosen. `isTaken`: whether the design has a file of that path. */
export function pickFiles(shelf: Shelf, what: 'files' | 'folder', isTaken: (path: string) => boolean): void {
  const { showOpenFilePicker } = window as unknown as Pickers;
  if (what === 'files' && showOpenFilePicker)
    void pickWritable(shelf, () => showOpenFilePicker.call(window, { multiple: true }), isTaken);
  else pickByInput(shelf, what);
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
    // Closing the dialog is no fault.
    if ((error as { name?: unknown }).name !== 'AbortError') showToast({ text: String(error), tone: 'bad' });
  }
}

function pickByInput(shelf: Shelf, what: 'files' | 'folder'): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  if (what === 'folder') input.webkitdirectory = true;
  else input.accept = '.yaml,.yml,.json,.svg,.png';
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    void importAll(shelf, files, what === 'folder');
  });
  input.click();
}
