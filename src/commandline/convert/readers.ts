import { cleanDump } from '../../interchange/live/clean-dump.ts';
import { manifestText } from '../../interchange/manifest-text.ts';
import type { Conversion } from '../../interchange/note.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import type { ManifestFile } from '../../manifest/manifest.ts';
import type { CommandlineIo } from '../command.ts';
import { composeReader } from './read-compose.ts';
import { kustomizeReader } from './read-kustomize.ts';
import { readPaths, saysNothingReadable } from '../read-paths.ts';

/** A format that is read: manifests come of it. */
export interface FormatReader {
  readonly name: string;
  /** Undefined where there is nothing readable, which has been said. */
  read(paths: readonly string[], io: CommandlineIo, options: ReadOptions): Promise<Conversion | undefined>;
}

export interface ReadOptions {
  /** Profiles of Compose; `*` for all. */
  readonly profiles: readonly string[];
  /** The outermost folder that a kustomization may read. */
  readonly root?: string;
}

export const READERS: readonly FormatReader[] = [
  {
    name: 'manifests',
    read: async (paths, io) => {
      const files = await readManifests(paths, io);
      return files && { files: files.map(({ path, segments }) => ({ path, content: textOf(segments) })), notes: [] };
    },
  },
  {
    name: 'live',
    read: async (paths, io) => {
      const files = await readManifests(paths, io);
      if (!files) return undefined;
      const { objects, notes } = await cleanDump(files, BUILT_IN_KINDS);
      const content = manifestText(objects.map(({ object }) => object));
      return { files: objects.length === 0 ? [] : [{ path: 'cluster.yaml', content }], notes };
    },
  },
  composeReader,
  kustomizeReader,
];

async function readManifests(
  paths: readonly string[],
  io: CommandlineIo,
): Promise<readonly ManifestFile[] | undefined> {
  const input = await readPaths(paths, io);
  return saysNothingReadable(input, io) ? undefined : input.files.filter(({ binary }) => binary === undefined);
}

function textOf(segments: ManifestFile['segments']): string {
  return segments.map(({ text }) => text).join('');
}
