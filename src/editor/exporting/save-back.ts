import type { ExportedFile } from '../../workspace/workspace.ts';
import { safePath } from './safe-path.ts';
import { handleOf, openedFolder, rememberHandle } from './writable-places.ts';
import type { WritableFolder, WritableHandle } from './writable-places.ts';

/** Whether every file has a place on the disk to go back to, or a folder to be new in. */
export function canSaveBack(files: readonly ExportedFile[]): boolean {
  return files.length > 0 && (openedFolder() !== undefined || files.every(({ path }) => handleOf(path) !== undefined));
}

/**
 * Writes the files where they came from, and new ones into the folder; gives how many. Nothing on the disk is deleted.
 * Rejects where the person or the disk refuses, and before it would write over a file that was never opened.
 */
export async function saveBack(files: readonly ExportedFile[]): Promise<number> {
  // Places of all first: either everything has one, or nothing is written.
  const places: { readonly handle: WritableHandle; readonly content: Uint8Array }[] = [];
  for (const { path, content } of files) places.push({ handle: handleOf(path) ?? (await newFile(path)), content });
  for (const { handle, content } of places) {
    const stream = await handle.createWritable();
    await stream.write(content);
    await stream.close();
  }
  return files.length;
}

async function newFile(path: string): Promise<WritableHandle> {
  const folder = openedFolder();
  if (!folder) throw new Error(`${path} has no place to go back to`);
  const parts = safePath(path).split('/');
  const name = parts.pop() ?? '';
  // Paths of a folder that was opened begin with its name.
  if (parts[0] === folder.name) parts.shift();
  let inside = folder;
  for (const part of parts) inside = await inside.getDirectoryHandle(part, { create: true });
  if (await exists(inside, name)) throw new Error(`${path} is there already, and was not opened with this design`);
  const handle = await inside.getFileHandle(name, { create: true });
  rememberHandle(path, handle);
  return handle;
}

async function exists(inside: WritableFolder, name: string): Promise<boolean> {
  try {
    await inside.getFileHandle(name);
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return false;
    throw error;
  }
}
