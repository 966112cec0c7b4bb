import { zipSync } from 'fflate';
import type { ExportedFile } from '../../workspace/workspace.ts';
import { safePath } from './safe-path.ts';

/** A zip whose paths stay inside the folder it is unpacked into. */
export function zipOf(files: readonly ExportedFile[]): Uint8Array {
  const entries: Record<string, Uint8Array> = Object.create(null) as Record<string, Uint8Array>;
  for (const { path, content } of files) entries[safePath(path)] = content;
  return zipSync(entries, { level: 6 });
}
