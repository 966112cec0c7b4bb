import type { Build, BuildCache } from './build.ts';
import type { BuildContext } from './context.ts';
import type { Image, Layer } from './layers.ts';

/** A container's own layer above those of its image. */
export interface RunningContainer {
  readonly name: string;
  readonly node: string;
  readonly image: string;
  readonly upper: Layer;
  /** Undefined while it runs. */
  readonly exitCode: number | undefined;
  readonly said: string;
}

/** What travelled last. */
export interface Transfer {
  readonly layers: number;
  readonly mb: number;
  /** What would have travelled if nothing had been there. */
  readonly wholeMb: number;
}

export interface ImageState {
  readonly context: BuildContext;
  readonly dockerfiles: Readonly<Record<string, string>>;
  readonly cache: BuildCache;
  /** The Dockerfile on the build machine, and how far its build is. */
  readonly shown: { readonly text: string; readonly build: Build; readonly done: number } | undefined;
  /** Images of the build machine. */
  readonly built: readonly Image[];
  readonly registry: readonly Image[];
  readonly nodes: readonly { readonly name: string; readonly images: readonly Image[] }[];
  readonly containers: readonly RunningContainer[];
  readonly pushed: Transfer;
  readonly pulled: Transfer;
}

export function digestsIn(images: readonly Image[]): ReadonlySet<string> {
  return new Set(images.flatMap(({ layers }) => layers.map(({ digest }) => digest)));
}
