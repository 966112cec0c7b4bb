import type { KindRegistry } from '../kinds/registry.ts';
import type { ManifestFile, ManifestProblem, Segment } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read.ts';
import type { CommandRefusal } from './commands/command.ts';
import { DesignBuilder } from './design-builder.ts';
import type { Design, DesignFile, DesignSegment, RecordId, SegmentId } from './design.ts';
import { handOnByIdentity } from './hand-on.ts';
import { fileText, segmentOf } from './records.ts';

/**
 * Puts text that a person typed in the place of a whole file and reads it. Documents whose text is as it was stay the same
 * values, so that a change of one line among a thousand documents changes one; records of the others are handed on by
 * place or identity. Text that reads worse than before is refused with its line, and nothing changes.
 */
export function replaceFile(
  design: Design,
  registry: KindRegistry,
  path: string,
  text: string,
): Design | CommandRefusal {
  const file = design.files.get(path);
  if (!file || file.isOwn || file.binary !== undefined) return { refused: 'command.noSuchFile', params: { path } };
  if (fileText(design, file) === text) return { refused: 'command.noChange' };
  const read = readManifest(path, text);
  const broken = newlyBroken(file, read);
  if (broken) {
    const { line, column } = broken.position;
    return { refused: 'command.cannotEditText', params: { reason: broken.id, line, column, ...broken.params } };
  }
  const builder = new DesignBuilder(design, registry);
  const old = file.segments.map((id) => segmentOf(design, id));
  const { first, last } = sameEnds(old, read.segments);
  const before = old.slice(first, old.length - last);
  const after = read.segments.slice(first, read.segments.length - last);
  const gone = before.flatMap((segment) => (segment.type === 'document' ? segment.records : []));
  const keep = handOnByIdentity(design, gone, after, registry);
  const free = new Set(before.map(({ id }) => id));
  const taken = after.map((segment, at) => {
    const id = segmentFor(design, keep[at]!, free);
    if (id !== undefined) free.delete(id);
    return builder.takeSegment(path, segment, id, keep[at]);
  });
  const kept = new Set(keep.flat());
  for (const id of gone) if (!kept.has(id)) builder.deleteRecord(id);
  for (const id of free) builder.deleteSegment(id);
  const segments: readonly SegmentId[] = [
    ...file.segments.slice(0, first),
    ...taken,
    ...file.segments.slice(old.length - last),
  ];
  builder.setFile({ ...file, segments, problems: read.problems });
  return builder.design;
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
function newlyBroken(file: DesignFile, read: ManifestFile): ManifestProblem | undefined {
  const errors = (problems: readonly ManifestProblem[]) => problems.filter(({ severity }) => severity === 'error');
  const known = errors(file.problems);
  const now = errors(read.problems);
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
