import type { Path } from '../../../base/json.ts';
import type { Design, DesignRecord } from '../../../design/design.ts';
import type { Problem } from '../../../design/problem.ts';
import { documentOf } from '../../../design/records.ts';
import { Positions } from '../../../manifest/positions.ts';
import type { FieldLocation } from '../../../manifest/positions.ts';
import type { TextMarkView } from '../../../kit/code-editor.tsx';
import type { Text } from '../../i18n.ts';
import { showInPane } from '../../problems/go-to-problem.ts';
import { problemWords } from '../../problems/problem-text.ts';
import { shownOffset } from './line-ends.ts';

/** A stretch of the text of a document, with what is wrong there. Offsets from 0. */
export interface TextMark {
  readonly from: number;
  readonly to: number;
  readonly problem: Problem;
}

const SHOWN = { error: 'error', warning: 'warning', info: 'info' } as const;

/** A mark as the editor shows it. `text` is what its offsets count in, `start` where that begins in what is shown. */
export function markView(t: Text, text: string, { from, to, problem }: TextMark, start = 0): TextMarkView {
  const { sentence, server } = problemWords(t, problem);
  return {
    from: start + shownOffset(text, from),
    to: start + shownOffset(text, to),
    severity: SHOWN[problem.severity],
    message: server === undefined ? sentence : `${sentence}\n${server}`,
    action: { name: t('problems:showInPane'), run: () => showInPane(problem) },
  };
}

/** Positions of one text; the tree of a document is built once, however many problems it has. */
const known = new WeakMap<object, Positions>();

function positionsOf(document: { readonly text: string; readonly format: 'yaml' | 'json' }): Positions {
  const positions = known.get(document) ?? new Positions(document.text, document.format);
  known.set(document, positions);
  return positions;
}

/** Where in its document's text each problem stands; every record of the document counts, for a List shows them all. */
export function textMarks(design: Design, record: DesignRecord, problems: readonly Problem[]): readonly TextMark[] {
  const document = documentOf(design, record);
  const among = new Set(document.records);
  const own = problems.filter((problem) => among.has(problem.record));
  if (own.length === 0) return [];
  const positions = positionsOf(document);
  return own.flatMap((problem): TextMark[] => {
    const base = design.records.get(problem.record)?.path;
    if (!base) return [];
    return [{ ...stretch(positions, base, problem.field, document.text), problem }];
  });
}

/** The offset of a field's value, or of the nearest parent of a field that is not there. */
export function fieldOffset(design: Design, record: DesignRecord, field: Path): number {
  const document = documentOf(design, record);
  return stretch(positionsOf(document), record.path, field, document.text).from;
}

function stretch(positions: Positions, base: Path, field: Path, text: string): { from: number; to: number } {
  for (let length = field.length; length >= 0; length--) {
    const found = positions.locate([...base, ...field.slice(0, length)]);
    if (!found) continue;
    return length === field.length ? ofField(found, text) : ofParent(found, text);
  }
  return firstLine(text, 0);
}

/** A value of one line; the key of a longer or an empty one. */
function ofField({ key, value, whole }: FieldLocation, text: string): { from: number; to: number } {
  const oneLine = !text.slice(value.start, value.end).trimEnd().includes('\n');
  if (value.end > value.start && oneLine) return { from: value.start, to: value.end };
  return key ? { from: key.start, to: key.end } : firstLine(text, whole.start);
}

function ofParent({ key, value }: FieldLocation, text: string): { from: number; to: number } {
  return key ? { from: key.start, to: key.end } : firstLine(text, value.start);
}

/** The rest of the line, and at least one sign of it. */
function firstLine(text: string, start: number): { from: number; to: number } {
  const end = text.indexOf('\n', start);
  return { from: start, to: Math.max(Math.min(start + 1, text.length), end < 0 ? text.length : end) };
}
