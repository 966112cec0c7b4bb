import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest } from '../manifest/read.ts';
import type { ManifestFile } from '../manifest/manifest.ts';
import { UsageError } from './command.ts';
import type { CommandlineIo } from './command.ts';

/** A part of the input that could not be used, and why. */
export interface Skipped {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

export interface Input {
  readonly files: readonly ManifestFile[];
  readonly skipped: readonly Skipped[];
}

const ENDINGS = /\.(?:ya?ml|json)$/i;

/** Reads files, folders (searched for .yaml, .yml and .json) and `-`, in the order of their names. */
export async function readPaths(paths: readonly string[], io: CommandlineIo): Promise<Input> {
  if (paths.length === 0) throw new UsageError(io.messages.noPath);
  const files: ManifestFile[] = [];
  const skipped: Skipped[] = [];
  for (const path of paths) {
    for (const found of await filesOf(path, io, skipped)) {
      const content = await contentOf(found, io, skipped);
      if (content !== undefined) files.push(readManifest(found.replaceAll('\\', '/'), content));
    }
  }
  for (const file of files) {
    for (const { id, severity, position, params } of file.problems) {
      if (severity === 'error')
        skipped.push({ file: file.path, line: position.line, reason: io.messages.manifestProblem(id, params) });
    }
  }
  return { files, skipped };
}

async function filesOf(path: string, io: CommandlineIo, skipped: Skipped[]): Promise<readonly string[]> {
  if (path === '-') return ['-'];
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && ENDINGS.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort((a, b) => (a < b ? -1 : 1));
  } catch (error) {
    skipped.push({ file: path, line: 0, reason: io.messages.unreadable(reasonOf(error)) });
    return [];
  }
}

async function contentOf(path: string, io: CommandlineIo, skipped: Skipped[]): Promise<Uint8Array | undefined> {
  try {
    return path === '-' ? await io.readInput() : await readFile(path);
  } catch (error) {
    skipped.push({ file: path, line: 0, reason: io.messages.unreadable(reasonOf(error)) });
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether there was anything to work on: a path that could be read and is not nothing but broken. */
export function isNothingReadable({ files }: Input): boolean {
  return files.length === 0;
}
