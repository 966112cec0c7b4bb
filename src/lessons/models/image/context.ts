import type { Image } from './layers.ts';
import { isIn, merged } from './layers.ts';

/** What a build may read. */
export interface BuildContext {
  /** Files beside the Dockerfile: MB, and the version of what is in them. */
  readonly files: Readonly<Record<string, ContextFile>>;
  /** What lines of RUN write, hide and how long they take, by the line. */
  readonly commands: Readonly<Record<string, CommandEffect>>;
  /** Images that can be begun from. */
  readonly bases: readonly Image[];
  /** References that nobody maintains any more. */
  readonly retired: readonly string[];
}

export interface ContextFile {
  readonly mb: number;
  readonly version: string;
}

export interface CommandEffect {
  readonly writes: Readonly<Record<string, number>>;
  readonly removes: readonly string[];
  readonly tookMs: number;
}

interface CopiedFile extends ContextFile {
  readonly path: string;
}

/** The files that a source of COPY names: beside the Dockerfile, or in another stage. */
export function filesOf(
  source: string,
  from: string | undefined,
  stages: readonly { readonly name: string; readonly image: Image }[],
  { files }: Pick<BuildContext, 'files'>,
): readonly CopiedFile[] {
  const wanted = source.replace(/^\.\//, '');
  if (from !== undefined) {
    const stage = stages.find(({ name }) => name === from);
    // What a stage made is as old as the layers that it was made of.
    const version = stage?.image.layers.at(-1)?.digest ?? '';
    return [...merged(stage?.image.layers ?? [])]
      .filter(([path]) => isIn(source, path))
      .map(([path, mb]) => ({ path, mb, version }));
  }
  return Object.entries(files)
    .filter(([path]) => wanted === '.' || isIn(wanted.replace(/\/$/, ''), path))
    .map(([path, file]) => ({ path, ...file }));
}

/** A path of an instruction, seen from the folder in which it stands. */
export function resolved(workdir: string, path: string): string {
  const plain = path.replace(/^\.\/?/, '').replace(/\/$/, '');
  if (path.startsWith('/')) return path === '/' ? '/' : path.replace(/\/$/, '');
  return plain === '' ? workdir : `${workdir.replace(/\/$/, '')}/${plain}`;
}
