import { readFile, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
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

/** Reads files, folders (searched for .yaml, .yml and .json) and `-`, in the order of their names; each file once. */
export async function readPaths(paths: readonly string[], io: CommandlineIo): Promise<Input> {
  if (paths.length === 0) throw new UsageError(io.messages.noPath);
  const files: ManifestFile[] = [];
  const skipped: Skipped[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    for (const found of await filesOf(path, io, skipped)) {
      const whole = found === '-' ? '-' : resolve(found);
      if (seen.has(whole)) continue;
      seen.add(whole);
      const content = await contentOf(found, io, skipped);
      if (content !== undefined) files.push(readManifest(found.replaceAll('\\', '/'), content));
    }
  }
  for (const file of files) {
    for (const { id, position, params } of file.problems) {
      // The one thing that deserves a word and was used all the same.
      if (id === 'manifest.duplicateKey') continue;
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

/** Says which parts could not be used, and whether there is nothing to work on, which it gives. */
export function saysNothingReadable(input: Input, io: CommandlineIo): boolean {
  saySkipped(input, io);
  if (!isNothingReadable(input)) return false;
  io.say(io.messages.nothing);
  return true;
}

export function saySkipped({ skipped }: Pick<Input, 'skipped'>, io: CommandlineIo): void {
  for (const { file, line, reason } of skipped) io.say(`${file}:${line}: ${reason}`);
}

/** Whether there was nothing to work on: no file, or none of which anything could be read. */
export function isNothingReadable({ files }: Input): boolean {
  return files.every(isUnreadable);
}

/** An empty file is readable: it holds nothing, and says so. */
function isUnreadable({ segments, problems, binary }: ManifestFile): boolean {
  if (binary !== undefined) return true;
  return problems.some(({ severity }) => severity === 'error') && segments.every(({ type }) => type === 'raw');
}
