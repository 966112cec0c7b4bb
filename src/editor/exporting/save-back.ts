import type { ExportedFile } from '../../workspace/workspace.ts';
import { safePath } from './safe-path.ts';

/** The part of the File System Access API that saving back needs; not every browser has it. */
export interface WritableHandle {
  readonly name: string;
  createWritable(): Promise<{ write(content: Uint8Array): Promise<void>; close(): Promise<void> }>;
}

/** A folder of the same API. */
export interface WritableFolder {
  readonly kind?: 'directory';
  readonly name: string;
  getFileHandle(name: string, options?: { readonly create: boolean }): Promise<WritableHandle>;
  getDirectoryHandle(name: string, options?: { readonly create: boolean }): Promise<WritableFolder>;
}

/** Where files came from, by their path in the design, for as long as the page is open. */
const handles = new Map<string, WritableHandle>();
/** The folder that was opened last: files that the design got since then are written into it. */
let folder: WritableFolder | undefined;

export function rememberHandle(path: string, handle: WritableHandle): void {
  handles.set(path, handle);
}

export function rememberFolder(opened: WritableFolder): void {
  folder = opened;
}

/** Another design is open: what it calls `web.yaml` is another file. */
export function forgetHandles(): void {
  handles.clear();
  folder = undefined;
}

/** Whether every file has a place on the disk to go back to, or a folder to be new in. */
export function canSaveBack(files: readonly ExportedFile[]): boolean {
  return files.length > 0 && (folder !== undefined || files.every(({ path }) => handles.has(path)));
}

/**
 * Writes the files where they came from, and new ones into the folder; gives how many. Nothing on the disk is deleted.
 * Rejects where the person or the disk refuses, and before it would write over a file that was never opened.
 */
export async function saveBack(files: readonly ExportedFile[]): Promise<number> {
  // Places of all first: either everything has one, or nothing is written.
  const places: { readonly handle: WritableHandle; readonly content: Uint8Array }[] = [];
  for (const { path, content } of files) places.push({ handle: handles.get(path) ?? (await newFile(path)), content });
  for (const { handle, content } of places) {
    const stream = await handle.createWritable();
    await stream.write(content);
    await stream.close();
  }
  return files.length;
}

async function newFile(path: string): Promise<WritableHandle> {
  if (!folder) throw new Error(`${path} has no place to go back to`);
  const parts = safePath(path).split('/');
  const name = parts.pop() ?? '';
  // Paths of a folder that was opened begin with its name.
  if (parts[0] === folder.name) parts.shift();
  let inside = folder;
  for (const part of parts) inside = await inside.getDirectoryHandle(part, { create: true });
  if (await exists(inside, name)) throw new Error(`${path} is there already, and was not opened with this design`);
  const handle = await inside.getFileHandle(name, { create: true });
  handles.set(path, handle);
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
