import { digestOf } from '../digest.ts';

/** One change set of an image: files that it adds or writes anew, in MB, and files that it hides. */
export interface Layer {
  readonly digest: string;
  /** The instruction that made it, or the image that brought it. */
  readonly by: string;
  /** MB by path. */
  readonly files: Readonly<Record<string, number>>;
  /** Paths of lower layers that are not to be seen any more. */
  readonly whiteouts: readonly string[];
}

/** Ordered layers and what the image says of itself. */
export interface Image {
  readonly ref: string;
  readonly layers: readonly Layer[];
  readonly entrypoint: readonly string[];
  readonly workdir: string;
}

/** A layer's digest is that of its content and of nothing else: the same content is the same layer, whoever made it. */
export function layerOf(by: string, files: Layer['files'], whiteouts: readonly string[], content: string): Layer {
  const listed = Object.entries(files).map(([path, mb]) => `${path} ${mb}`);
  return {
    digest: digestOf([content, ...listed, ...whiteouts.map((path) => `.wh.${path}`)].join('\n')),
    by,
    files,
    whiteouts,
  };
}

export function sizeMb({ files }: Pick<Layer, 'files'>): number {
  return Object.values(files).reduce((sum, mb) => sum + mb, 0);
}

export function imageSizeMb({ layers }: Pick<Image, 'layers'>): number {
  return layers.reduce((sum, layer) => sum + sizeMb(layer), 0);
}

/** An image is what its layers and its configuration are. */
export function imageDigest({ layers, entrypoint, workdir }: Image): string {
  return digestOf(JSON.stringify([layers.map(({ digest }) => digest), entrypoint, workdir]));
}

/** What is seen through all layers, MB by path: the upper wins, a whiteout hides. Source: overlayfs, Linux 6.12. */
export function merged(layers: readonly Layer[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  for (const { files, whiteouts } of layers) {
    for (const path of whiteouts) for (const known of seen.keys()) if (isIn(path, known)) seen.delete(known);
    for (const [path, mb] of Object.entries(files)) seen.set(path, mb);
  }
  return seen;
}

/** Whether a path is another or lies under it. */
export function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The layers that somebody does not have yet, each once. */
export function missingLayers(wanted: readonly Layer[], has: ReadonlySet<string>): readonly Layer[] {
  return wanted.filter(
    ({ digest }, index) => !has.has(digest) && wanted.findIndex((one) => one.digest === digest) === index,
  );
}
