import { isCollection, LineCounter, parseDocument } from 'yaml';
import type { Path } from '../base/json.ts';
import type { Design, DesignRecord } from '../design/design.ts';
import { documentOf, recordLines } from '../design/records.ts';

/** Lines of a file where a field stands, with their text. */
export interface SourceLines {
  readonly file: string;
  /** Counted from 1, in the file as it would be exported. */
  readonly line: number;
  readonly text: readonly string[];
}

/** Most lines that are shown of one field. */
const MOST_LINES = 6;

/** Where a field of a record is written. A field that is not written gives the place of its nearest parent. */
export function sourceLines(design: Design, record: DesignRecord, field: Path): SourceLines | undefined {
  const document = documentOf(design, record);
  const lines = new LineCounter();
  const parsed = parseDocument(document.text, {
    lineCounter: lines,
    uniqueKeys: false,
    logLevel: 'silent',
    schema: 'failsafe',
  });
  const range = rangeOf(parsed, [...record.path, ...field], record.path.length);
  if (!range) return undefined;
  // The value of a block map begins on the line after its key; the key says what the lines are.
  const value = lines.linePos(range[0]).line;
  const first = range[2] && value > 1 ? value - 1 : value;
  const last = lines.linePos(Math.max(range[0], range[1] - 1)).line;
  const all = document.text.split(/\r?\n/);
  const start = (recordLines(design).get(record.id) ?? 1) - record.line;
  return {
    file: record.file,
    line: start + first - 1,
    text: all.slice(first - 1, Math.min(last, first - 1 + MOST_LINES)),
  };
}

function rangeOf(
  parsed: ReturnType<typeof parseDocument>,
  path: Path,
  shortest: number,
): readonly [from: number, to: number, underKey: boolean] | undefined {
  for (let length = path.length; length >= shortest; length--) {
    const node = length === 0 ? parsed.contents : parsed.getIn(path.slice(0, length), true);
    const range =
      typeof node === 'object' && node !== null && 'range' in node ? (node.range as readonly number[] | null) : null;
    if (range?.[0] !== undefined && range[1] !== undefined) {
      const underKey = isCollection(node) && node.flow !== true && typeof path[length - 1] === 'string';
      return [range[0], range[1], underKey];
    }
  }
  return undefined;
}
