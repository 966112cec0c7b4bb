import type { Path } from '../base/json.ts';
import type { Design, DesignRecord, RecordId } from '../design/design.ts';
import { documentOf, recordLines } from '../design/records.ts';
import { Positions } from '../manifest/positions.ts';

/** Lines of a file where a field stands, with their text. */
export interface SourceLines {
  readonly file: string;
  /** Counted from 1, in the file as it would be exported. */
  readonly line: number;
  readonly text: readonly string[];
}

/** Most lines that are shown of one field. */
const MOST_LINES = 6;

/**
 * Where a field of a record is written. A short map around a value is shown whole, because `name: web` alone says
 * little; a field that is not written gives the place of its nearest parent.
 */
export function sourceLines(design: Design, record: DesignRecord, field: Path): SourceLines | undefined {
  const document = documentOf(design, record);
  const positions = new Positions(document.text, document.format);
  const found = nearest(positions, record.path, field);
  if (!found) return undefined;
  const first = (linesOfRecords(design).get(record.id) ?? 1) - record.line;
  return { file: record.file, line: first + found.line - 1, text: found.text.split(/\r?\n/).slice(0, MOST_LINES) };
}

function nearest(positions: Positions, base: Path, field: Path): ReturnType<Positions['linesOf']> {
  for (let length = field.length; length > 0; length--) {
    const found = positions.linesOf([...base, ...field.slice(0, length)]);
    if (!found) continue;
    const around = length > 1 ? positions.linesOf([...base, ...field.slice(0, length - 1)]) : undefined;
    return around && around.text.split('\n').length <= MOST_LINES ? around : found;
  }
  return positions.linesOf(base);
}

const known = new WeakMap<Design, ReadonlyMap<RecordId, number>>();

/** Counting the lines of every file takes a while on a large design, and several references ask at once. */
export function linesOfRecords(design: Design): ReadonlyMap<RecordId, number> {
  const lines = known.get(design) ?? recordLines(design);
  known.set(design, lines);
  return lines;
}
