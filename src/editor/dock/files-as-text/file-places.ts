import type { Design, DesignFile, RecordId } from '../../../design/design.ts';
import { segmentOf } from '../../../design/records.ts';
import type { TextMarkView } from '../../../kit/code-editor.tsx';
import type { Problem } from '../../../design/problem.ts';
import type { Text } from '../../i18n.ts';
import { shownOffset, toShown } from '../../inspector/yaml/line-ends.ts';
import { markView, textMarks } from '../../inspector/yaml/yaml-marks.ts';

/** Where an object begins in the text of its file as it is shown; offsets from 0. */
export interface RecordPlace {
  readonly record: RecordId;
  readonly from: number;
}

/** The objects of a file in the order of its text. */
export function recordPlaces(design: Design, file: DesignFile): readonly RecordPlace[] {
  const places: RecordPlace[] = [];
  let start = 0;
  for (const id of file.segments) {
    const segment = segmentOf(design, id);
    const text = toShown(segment.text);
    if (segment.type === 'document')
      for (const record of segment.records)
        places.push({ record, from: start + lineStart(text, design.records.get(record)!.line) });
    start += text.length;
  }
  return places;
}

/** The object in whose text an offset lies: the last that begins before it. */
export function recordAt(places: readonly RecordPlace[], offset: number): RecordId | undefined {
  return places.findLast(({ from }) => from <= offset)?.record ?? places[0]?.record;
}

/** Documents whose problems are marked; each costs a tree of its text. */
const MOST_MARKED = 200;

/** The problems of every document of a file, at their places in its text. */
export function fileMarks(
  t: Text,
  design: Design,
  file: DesignFile,
  problems: readonly Problem[],
): readonly TextMarkView[] {
  const wrong = new Set(problems.map(({ record }) => record));
  const marks: TextMarkView[] = [];
  let [start, marked] = [0, 0];
  for (const id of file.segments) {
    const segment = segmentOf(design, id);
    if (segment.type === 'document' && segment.records.some((record) => wrong.has(record)) && marked++ < MOST_MARKED) {
      const record = design.records.get(segment.records[0]!)!;
      for (const mark of textMarks(design, record, problems)) marks.push(markView(t, segment.text, mark, start));
    }
    start += segment.text.includes('\r') ? shownOffset(segment.text, segment.text.length) : segment.text.length;
  }
  return marks;
}

function lineStart(text: string, line: number): number {
  let at = 0;
  for (let count = 0; count < line; count++) at = text.indexOf('\n', at) + 1;
  return at;
}
