import type { Design, DesignSegment, SegmentId } from '../../../design/design.ts';
import { fileText, segmentOf } from '../../../design/records.ts';
import { lineDifference } from '../../../kit/line-difference.ts';
import type { DifferenceLine } from '../../../kit/line-difference.ts';
import type { Baseline } from '../../../workspace/baseline.ts';

/** A file that is not what it was. */
export interface FileChange {
  readonly path: string;
  readonly what: 'changed' | 'added' | 'removed';
  /** All of its lines, those that stayed too. */
  readonly lines: () => readonly DifferenceLine[];
}

/** Which files differ from what was last exported, in the order of the design; those that are gone come last. */
export function fileChanges({ files }: Baseline, design: Design): readonly FileChange[] {
  const changes: FileChange[] = [];
  for (const file of design.files.values()) {
    const before = files.get(file.path);
    const old = before?.files.get(file.path);
    if (file.isOwn || file.binary !== undefined) continue;
    if (!before || !old)
      changes.push({ path: file.path, what: 'added', lines: () => all('+', fileText(design, file)) });
    else if (isChanged(before, old.segments, design, file.segments))
      changes.push({
        path: file.path,
        what: 'changed',
        lines: () => segmentLines(segmentsOf(before, old.segments), segmentsOf(design, file.segments)),
      });
  }
  for (const [path, before] of files) {
    const old = before.files.get(path);
    if (old && !design.files.has(path) && old.binary === undefined)
      changes.push({ path, what: 'removed', lines: () => all('-', fileText(before, old)) });
  }
  return changes;
}

function isChanged(before: Design, old: readonly SegmentId[], design: Design, now: readonly SegmentId[]): boolean {
  const least = Math.min(old.length, now.length);
  const isSame = (at: number, place: number): boolean =>
    before.segments.get(old[at]!)?.text === design.segments.get(now[place]!)?.text;
  let first = 0;
  while (first < least && isSame(first, first)) first++;
  let last = 0;
  while (last < least - first && isSame(old.length - 1 - last, now.length - 1 - last)) last++;
  // What lies between may be the same text, cut into other documents.
  return textOf(before, old.slice(first, old.length - last)) !== textOf(design, now.slice(first, now.length - last));
}

function textOf(design: Design, ids: readonly SegmentId[]): string {
  return segmentsOf(design, ids)
    .map(({ text }) => text)
    .join('');
}

function segmentsOf(design: Design, ids: readonly SegmentId[]): readonly DesignSegment[] {
  return ids.map((id) => segmentOf(design, id));
}

/** Document by document: a name that stays says which of them continues which, so that each is compared with itself. */
function segmentLines(old: readonly DesignSegment[], now: readonly DesignSegment[]): readonly DifferenceLine[] {
  const here = new Set(now.map(({ id }) => id));
  const places = new Map(old.map(({ id }, at) => [id, at]));
  const lines: DifferenceLine[] = [];
  let next = 0;
  const leaveUntil = (end: number): void => {
    for (; next < end; next++) if (!here.has(old[next]!.id)) lines.push(...all('-', old[next]!.text));
  };
  for (const segment of now) {
    const place = places.get(segment.id);
    if (place === undefined) {
      lines.push(...all('+', segment.text));
      continue;
    }
    leaveUntil(place);
    next = Math.max(next, place + 1);
    lines.push(...linesOf(old[place]!.text, segment.text));
  }
  leaveUntil(old.length);
  return lines;
}

/** A text that ends with its line has no empty line behind it. */
function linesOf(before: string, after: string): readonly DifferenceLine[] {
  const lines = lineDifference(before, after);
  return lines.at(-1)?.text === '' ? lines.slice(0, -1) : lines;
}

function all(sign: '+' | '-', text: string): readonly DifferenceLine[] {
  return text
    .replace(/\r?\n$/, '')
    .split('\n')
    .map((line) => ({ sign, text: line }));
}
