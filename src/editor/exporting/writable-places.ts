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

export function openedFolder(): WritableFolder | undefined {
  return folder;
}

export function handleOf(path: string): WritableHandle | undefined {
  return handles.get(path);
}

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
