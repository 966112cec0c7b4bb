import type { KindRegistry } from '../kinds/registry.ts';
import type { ManifestProblem, Segment } from '../manifest/manifest.ts';
import { readManifest, readStretch } from '../manifest/read.ts';
import { changedStretch } from '../manifest/reread.ts';
import type { CommandRefusal } from './commands/command.ts';
import { DesignBuilder } from './design-builder.ts';
import type { Design, DesignFile, DesignSegment, RecordId, SegmentId } from './design.ts';
import { problemsAfterAll } from './file-problems.ts';
import { handOnByIdentity } from './hand-on.ts';
import { fileText, knowFileText, segmentOf } from './records.ts';

/**
 * Puts text that a person typed in the place of a whole file and reads it, or only the documents that changed. Documents
 * whose text is as it was stay the same values, so that a change of one line among a thousand documents changes one;
 * records of the others are handed on by place or identity. Text that reads worse than before is refused with its line,
 * and nothing changes.
 */
export function replaceFile(
  design: Design,
  registry: KindRegistry,
  path: string,
  text: string,
): Design | CommandRefusal {
  const file = design.files.get(path);
  if (!file || file.isOwn || file.binary !== undefined) return { refused: 'command.noSuchFile', params: { path } };
  const old = file.segments.map((id) => segmentOf(design, id));
  const read = readChanged(design, file, old, text);
  if (!read) return { refused: 'command.noChange' };
  const broken = newlyBroken(file, read.problems);
  if (broken) {
    const { line, column } = broken.position;
    return { refused: 'command.cannotEditText', params: { reason: broken.id, line, column, ...broken.params } };
  }
  const builder = new DesignBuilder(design, registry);
  const around = old.slice(read.first, read.end);
  const same = sameEnds(around, read.segments);
  const before = around.slice(same.first, around.length - same.last);
  const now = read.segments.slice(same.first, read.segments.length - same.last);
  const gone = before.flatMap((segment) => (segment.type === 'document' ? segment.records : []));
  const keep = handOnByIdentity(design, gone, now, registry);
  const free = new Set(before.map(({ id }) => id));
  const taken = now.map((segment, at) => {
    const id = segmentFor(design, keep[at]!, free);
    if (id !== undefined) free.delete(id);
    return builder.takeSegment(path, segment, id, keep[at]);
  });
  const kept = new Set(keep.flat());
  for (const id of gone) if (!kept.has(id)) builder.deleteRecord(id);
  for (const id of free) builder.deleteSegment(id);
  const segments: readonly SegmentId[] = [
    ...file.segments.slice(0, read.first + same.first),
    ...taken,
    ...file.segments.slice(read.end - same.last),
  ];
  const next: DesignFile = { ...file, segments, problems: read.problems };
  builder.setFile(next);
  const { design: after } = builder;
  if (!text.startsWith('\ufeff')) knowFileText(after, next, text);
  return after;
}

interface ReadAnew {
  /** Segments of the file from `first` up to, and without, `end` were read anew. */
  readonly first: number;
  readonly end: number;
  readonly segments: readonly Segment[];
  /** Of the whole file. */
  readonly problems: readonly ManifestProblem[];
}

/** What a new text of a file reads to; undefined where it is the old one. */
function readChanged(
  design: Design,
  file: DesignFile,
  old: readonly DesignSegment[],
  text: string,
): ReadAnew | undefined {
  const stretch = changedStretch(old, fileText(design, file), text);
  if (!stretch)
    return fileText(design, file) === text
      ? undefined
      : { first: 0, end: old.length, ...readManifest(file.path, text) };
  if (stretch.first === stretch.end && stretch.text === '') return undefined;
  const { segments, problems } = readStretch(stretch.text);
  return { ...stretch, segments, problems: problemsAfterAll(design, file, stretch, { text: stretch.text, problems }) };
}

/** A document goes on under the name of the one that its object stood in. */
function segmentFor(design: Design, kept: readonly RecordId[], free: ReadonlySet<SegmentId>): SegmentId | undefined {
  for (const record of kept) {
    const segment = design.records.get(record)?.segment;
    if (segment !== undefined && free.has(segment)) return segment;
  }
  return undefined;
}

/** The first document that does not read, where there are more of them than before. */
function newlyBroken(file: DesignFile, problems: readonly ManifestProblem[]): ManifestProblem | undefined {
  const errors = (all: readonly ManifestProblem[]) => all.filter(({ severity }) => severity === 'error');
  const known = errors(file.problems);
  const now = errors(problems);
  if (now.length <= known.length) return undefined;
  return now.find(({ id, params }) => !known.some((one) => one.id === id && sameWords(one.params, params))) ?? now[0];
}

function sameWords(a: ManifestProblem['params'], b: ManifestProblem['params']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** How many segments at the beginning and at the end have the text that they had. */
function sameEnds(
  old: readonly DesignSegment[],
  now: readonly Segment[],
): { readonly first: number; readonly last: number } {
  const same = (a: DesignSegment | undefined, b: Segment | undefined) =>
    a !== undefined && b !== undefined && a.text === b.text && a.type === b.type;
  const most = Math.min(old.length, now.length);
  let first = 0;
  while (first < most && same(old[first], now[first])) first++;
  let last = 0;
  while (last < most - first && same(old[old.length - 1 - last], now[now.length - 1 - last])) last++;
  return { first, last };
}
