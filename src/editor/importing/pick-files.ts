import type { Shelf } from '../../workspace/saving/shelf.ts';
import { importAll } from './read-files.ts';

/** Opens the browser's file dialog and brings in what was chosen. */
export function pickFiles(shelf: Shelf, what: 'files' | 'folder'): void {
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
