import { writeKustomization } from '../../interchange/kustomize/write-kustomization.ts';
import type { ConvertedFile, Conversion } from '../../interchange/note.ts';
import type { CommandlineIo } from '../command.ts';
import { pathInside } from '../path-inside.ts';

/** A format that is written, from manifests. */
export interface FormatWriter {
  readonly name: string;
  write(read: Conversion, io: CommandlineIo): Promise<Conversion>;
}

export const WRITERS: readonly FormatWriter[] = [
  {
    name: 'kustomize',
    write: ({ files }) => Promise.resolve({ files: writeKustomization(relativeTo(files)), notes: [] }),
  },
  { name: 'manifests', write: ({ files }) => Promise.resolve({ files, notes: [] }) },
];

/** Paths without the folder that all have in common: a result does not show where its input lay. */
function relativeTo(files: readonly ConvertedFile[]): readonly ConvertedFile[] {
  const parts = files.map(({ path }) => pathInside(path).split('/'));
  const [first = []] = parts;
  const differs = first.findIndex((part, depth) =>
    parts.some((other) => other.length - 1 <= depth || other[depth] !== part),
  );
  const common = Math.max(0, differs);
  return files.map(({ content }, index) => ({ path: parts[index]!.slice(common).join('/'), content }));
}
