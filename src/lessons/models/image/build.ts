import type { Instruction } from './dockerfile.ts';
import { makesLayer } from './dockerfile.ts';
import { bugsAt } from './bugs.ts';
import type { Bug } from './bugs.ts';
import { digestOf } from '../digest.ts';
import type { BuildContext } from './context.ts';
import { filesOf, resolved } from './context.ts';
import type { Image, Layer } from './layers.ts';
import { isIn, layerOf, merged } from './layers.ts';

/** Layers made before, by what made them and what they were made on. */
export type BuildCache = Readonly<Record<string, Layer>>;

/** What an instruction came to. */
export interface BuildStep {
  readonly instruction: Instruction;
  readonly stage: string;
  readonly result: 'base' | 'cached' | 'built' | 'metadata' | 'failed';
  readonly layer: Layer | undefined;
  readonly tookMs: number;
  readonly bugs: readonly Bug[];
}

export interface Build {
  readonly steps: readonly BuildStep[];
  /** Undefined where an instruction failed. */
  readonly image: Image | undefined;
  readonly cache: BuildCache;
}

/** A layer that is copied takes as long for each MB, in milliseconds. Illustrative. */
const COPY_MS_PER_MB = 20;

interface StageState {
  readonly name: string;
  readonly image: Image;
}

/**
 * Builds a Dockerfile, instruction by instruction. A layer is taken from the cache when everything up to it is what it was:
 * the layers beneath, the instruction, and for COPY what the files hold. Source: Docker, "Build cache invalidation".
 */
export function build(
  ref: string,
  instructions: readonly Instruction[],
  context: BuildContext,
  cache: BuildCache,
): Build {
  const steps: BuildStep[] = [];
  const stages: StageState[] = [];
  const known: Record<string, Layer> = { ...cache };
  let current: StageState | undefined;
  for (const instruction of instructions) {
    const bugs = bugsAt(instruction, current?.image, context);
    const push = (result: BuildStep['result'], layer?: Layer, tookMs = 0): void => {
      steps.push({ instruction, stage: current?.name ?? '', result, layer, tookMs, bugs });
    };
    if (instruction.keyword === 'FROM') {
      const [from = '', , name = String(stages.length)] = instruction.words;
      const base =
        [...stages.map(({ image, name: own }) => ({ ...image, ref: own })), ...context.bases].find(
          (image) => image.ref === from,
        ) ?? (from === 'scratch' ? { ref: 'scratch', layers: [], entrypoint: [], workdir: '/' } : undefined);
      current = { name, image: { ...(base ?? { layers: [], entrypoint: [], workdir: '/' }), ref } };
      if (base === undefined) {
        push('failed');
        return { steps, image: undefined, cache: known };
      }
      stages.push(current);
      push('base');
      continue;
    }
    if (current === undefined) continue;
    if (bugs.some(({ fails }) => fails === 'build')) {
      push('failed');
      return { steps, image: undefined, cache: known };
    }
    if (!makesLayer(instruction)) {
      current = { ...current, image: described(current.image, instruction) };
      stages[stages.length - 1] = current;
      push('metadata');
      continue;
    }
    const { layer, isCached, tookMs } = layerFor(instruction, current, stages, context, known);
    const { workdir } = current.image;
    const image = { ...current.image, layers: [...current.image.layers, layer] };
    current = {
      ...current,
      image: instruction.keyword === 'WORKDIR' ? { ...image, workdir: resolved(workdir, instruction.rest) } : image,
    };
    stages[stages.length - 1] = current;
    push(isCached ? 'cached' : 'built', layer, isCached ? 0 : tookMs);
  }
  return { steps, image: current?.image, cache: known };
}

function described(image: Image, { keyword, words, isExecForm, rest }: Instruction): Image {
  if (keyword !== 'ENTRYPOINT' && keyword !== 'CMD') return image;
  const command = isExecForm ? words : ['/bin/sh', '-c', rest];
  return keyword === 'ENTRYPOINT' || image.entrypoint.length === 0 ? { ...image, entrypoint: command } : image;
}

function layerFor(
  instruction: Instruction,
  { image }: StageState,
  stages: readonly StageState[],
  context: BuildContext,
  known: Record<string, Layer>,
): { readonly layer: Layer; readonly isCached: boolean; readonly tookMs: number } {
  const { files, content, removes, tookMs } = effectOf(instruction, image, stages, context);
  const key = digestOf(
    [...image.layers.map(({ digest }) => digest), instruction.keyword, instruction.rest, content].join('\n'),
  );
  const before = known[key];
  if (before !== undefined) return { layer: before, isCached: true, tookMs: 0 };
  const layer = layerOf(`${instruction.keyword} ${instruction.rest}`, files, removes, content);
  known[key] = layer;
  return { layer, isCached: false, tookMs };
}

interface Effect {
  readonly files: Readonly<Record<string, number>>;
  /** What tells two results of one instruction apart. */
  readonly content: string;
  readonly removes: readonly string[];
  readonly tookMs: number;
}

function effectOf(
  instruction: Instruction,
  image: Image,
  stages: readonly StageState[],
  context: BuildContext,
): Effect {
  const { keyword, flags, rest, words } = instruction;
  if (keyword === 'WORKDIR')
    return { files: { [`${resolved(image.workdir, rest)}/`]: 0 }, content: rest, removes: [], tookMs: 10 };
  if (keyword === 'RUN') {
    const effect = context.commands[rest];
    const removes = (effect?.removes ?? []).filter((path) =>
      [...merged(image.layers).keys()].some((file) => isIn(path, file)),
    );
    return { files: effect?.writes ?? {}, content: rest, removes, tookMs: effect?.tookMs ?? 500 };
  }
  const target = words.at(-1) ?? '';
  const sources = words.slice(0, -1);
  const copied = sources.flatMap((source) => filesOf(source, flags['from'], stages, context));
  const files = Object.fromEntries(copied.map(({ path, mb }) => [targetOf(path, target, image.workdir, sources), mb]));
  const mb = copied.reduce((sum, file) => sum + file.mb, 0);
  return {
    files,
    content: copied.map(({ path, version }) => `${path} ${version}`).join('\n'),
    removes: [],
    tookMs: 50 + mb * COPY_MS_PER_MB,
  };
}

/** Where a copied file lands: in the folder that the target names with a slash or that several go to, or as the target itself. */
function targetOf(path: string, target: string, workdir: string, sources: readonly string[]): string {
  const place = resolved(workdir, target);
  const isFolder = target.endsWith('/') || target === '.' || sources.length > 1 || sources[0] === '.';
  return isFolder ? `${place.replace(/\/$/, '')}/${path.split('/').at(-1)}` : place;
}
