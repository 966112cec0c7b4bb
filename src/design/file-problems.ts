import type { ManifestProblem } from '../manifest/manifest.ts';
import { countLines, segmentOf } from './records.ts';
import type { Design, DesignFile, SegmentId } from './design.ts';

/** What took the place of a segment: its text and what reading it alone said. */
export interface Replacement {
  readonly text: string;
  readonly problems: readonly ManifestProblem[];
}

/**
 * What is wrong in a file after the text of one segment changed: problems before it stay, its own are told anew, those
 * after it move with their lines. The same list when nothing differs. `design` still holds the old text.
 */
export function problemsAfter(
  design: Design,
  file: DesignFile,
  segment: SegmentId,
  { text, problems }: Replacement,
): readonly ManifestProblem[] {
  if (file.problems.length === 0 && problems.length === 0) return file.problems;
  let first = 0;
  for (const id of file.segments) {
    if (id === segment) break;
    first += countLines(segmentOf(design, id).text);
  }
  const oldLines = countLines(segmentOf(design, segment).text);
  const grown = countLines(text) - oldLines;
  // A last line without its end still belongs to the segment.
  const end = first + Math.max(oldLines, 1);
  const before = file.problems.filter(({ position }) => position.line <= first);
  const after = file.problems.filter(({ position }) => position.line > end);
  return [
    ...before,
    ...problems.map((problem) => movedDown(problem, first)),
    ...(grown === 0 ? after : after.map((problem) => movedDown(problem, grown))),
  ];
}

function movedDown(problem: ManifestProblem, lines: number): ManifestProblem {
  const { line, column } = problem.position;
  return { ...problem, position: { line: line + lines, column } };
}
