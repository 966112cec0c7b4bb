import type { ExportedFile } from '../../workspace/workspace.ts';

/** The part of the File System Access API that saving back needs; not every browser has it. */
export interface WritableHandle {
  readonly name: string;
  createWritable(): Promise<{ write(content: Uint8Array): Promise<void>; close(): Promise<void> }>;
}

/** Where files came from, by their path in the design, for as long as the page is open. */
const handles = new Map<string, WritableHandle>();

export function rememberHandle(path: string, handle: WritableHandle): void {
  handles.set(path, handle);
}

/** Another design is open: what it calls `web.yaml` is another file. */
export function forgetHandles(): void {
  handles.clear();
}

/** Whether every file has a place on the disk to go back to. */
export function canSaveBack(files: readonly ExportedFile[]): boolean {
  return files.length > 0 && files.every(({ path }) => handles.has(path));
}

/** Writes the files where they came from; gives how many. Rejects where the person or the disk refuses. */
export async function saveBack(files: readonly ExportedFile[]): Promise<number> {
  for (const { path, content } of files) {
    const handle = handles.get(path);
    if (!handle) throw new Error(`${path} has no place to go back to`);
    const stream = await handle.createWritable();
    await stream.write(content);
    await stream.close();
  }
  return files.length;
}
