import type { BuildContext } from './context.ts';
import { filesOf, resolved } from './context.ts';
import type { Instruction } from './dockerfile.ts';
import type { Image } from './layers.ts';
import { merged } from './layers.ts';

/**
 * What is wrong with an instruction, and when somebody notices. Sources: docker-library/docs, `java/deprecated.md` (no update
 * since 2016-12-31); Dockerfile reference, COPY (a target is a folder where it ends in a slash) and exec form (a JSON list).
 */
export interface Bug {
  readonly id: 'retiredBase' | 'copiedAsFile' | 'workdirIsFile' | 'blanksInArgument' | 'noSuchFile' | 'nothingToCopy';
  /** `build` ends, or the container does not `start`; `later` it goes on and costs something. */
  readonly fails: 'build' | 'start' | 'later';
  /** What it is about. */
  readonly what: string;
}

/** What is wrong with an instruction where it stands: looked for in what the image holds so far, and not in its text alone. */
export function bugsAt(instruction: Instruction, image: Image | undefined, context: BuildContext): readonly Bug[] {
  const { keyword, words } = instruction;
  if (keyword === 'FROM')
    return context.retired.includes(words[0]!) ? [{ id: 'retiredBase', fails: 'later', what: words[0]! }] : [];
  if (image === undefined) return [];
  if (keyword === 'WORKDIR') return workdirBugs(instruction, image);
  if (keyword === 'COPY') return copyBugs(instruction, image, context);
  return keyword === 'ENTRYPOINT' ? entrypointBugs(instruction, image) : [];
}

function workdirBugs({ rest }: Instruction, image: Image): readonly Bug[] {
  const place = resolved(image.workdir, rest);
  return merged(image.layers).has(place) ? [{ id: 'workdirIsFile', fails: 'build', what: place }] : [];
}

function copyBugs({ words, flags }: Instruction, image: Image, context: BuildContext): readonly Bug[] {
  if (flags['from'] !== undefined) return [];
  const [source = '', target = ''] = words;
  const found = filesOf(source, undefined, [], context);
  if (found.length === 0) return [{ id: 'nothingToCopy', fails: 'build', what: source }];
  const place = resolved(image.workdir, target);
  const isOneFile = found.length === 1 && found[0]!.path === source.replace(/^\.\//, '');
  // A name with an ending is meant as a file's.
  const isMeantAsFolder = !target.endsWith('/') && target !== '.' && !/\.\w+$/.test(target);
  const isFolder = merged(image.layers).has(`${place}/`);
  return isOneFile && isMeantAsFolder && !isFolder ? [{ id: 'copiedAsFile', fails: 'later', what: place }] : [];
}

function entrypointBugs({ words, isExecForm }: Instruction, image: Image): readonly Bug[] {
  if (!isExecForm) return [];
  const blanks = words.filter((word) => word !== word.trim());
  const jar = words.find((word) => word.trim().endsWith('.jar'))?.trim();
  const place = jar === undefined ? undefined : resolved(image.workdir, jar);
  const files = [...merged(image.layers).keys()];
  // A file of that name may be anywhere while its folder is not what it was meant to be.
  const isThere = place === undefined || files.includes(place) || files.some((path) => path.endsWith(`/${jar}`));
  return [
    ...(blanks.length > 0 ? [{ id: 'blanksInArgument', fails: 'start', what: blanks[0]! } as const] : []),
    ...(isThere ? [] : [{ id: 'noSuchFile', fails: 'start', what: jar! } as const]),
  ];
}
