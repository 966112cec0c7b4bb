import type { ManifestProblem } from '../manifest/manifest.ts';
import { countLines, segmentOf } from './records.ts';
import type { Design, DesignFile, SegmentId } from './design.ts';

/** What took the place of a segment: its text and what reading it alone said. */
interface Replacement {
  readonly text: string;
  readonly problems: readonly ManifestProblem[];
}

/** Segments of a file from `first` up to, and without, `end`. */
interface Places {
  readonly first: number;
  readonly end: number;
}

/** What is wrong in a file after the text of one segment changed. */
export function problemsAfter(
  design: Design,
  file: DesignFile,
  segment: SegmentId,
  replacement: Replacement,
): readonly ManifestProblem[] {
  const first = file.segments.indexOf(segment);
  return problemsAfterAll(design, file, { first, end: first + 1 }, replacement);
}

/**
 * What is wrong in a file after the text of some segments changed: problems before it stay, its own are told anew, those
 * after it move with their lines. The same list when nothing differs. `design` still holds the old text.
 */
export function problemsAfterAll(
  design: Design,
  file: DesignFile,
  { first, end }: Places,
  { text, problems }: Replacement,
): readonly ManifestProblem[] {
  if (file.problems.length === 0 && problems.length === 0) return file.problems;
  const linesOf = (from: number, to: number): number =>
    file.segments.slice(from, to).reduce((sum, id) => sum + countLines(segmentOf(design, id).text), 0);
  const begin = linesOf(0, first);
  const oldLines = linesOf(first, end);
  const grown = countLines(text) - oldLines;
  // A last line without its end still belongs to the segments.
  const stop = begin + Math.max(oldLines, 1);
  const before = file.problems.filter(({ position }) => position.line <= begin);
  const after = file.problems.filter(({ position }) => position.line > stop);
  return [
    ...before,
    ...problems.map((problem) => movedDown(problem, begin)),
    ...(grown === 0 ? after : after.map((problem) => movedDown(problem, grown))),
  ];
}

function movedDown(problem: ManifestProblem, lines: number): ManifestProblem {
  const { line, column } = problem.position;
  return { ...problem, position: { line: line + lines, column } };
}
