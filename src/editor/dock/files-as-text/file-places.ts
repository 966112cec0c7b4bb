import type { Design, DesignFile, RecordId } from '../../../design/design.ts';
import { segmentOf } from '../../../design/records.ts';
import { toShown } from '../../inspector/yaml/line-ends.ts';

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

function lineStart(text: string, line: number): number {
  let at = 0;
  for (let count = 0; count < line; count++) at = text.indexOf('\n', at) + 1;
  return at;
}
