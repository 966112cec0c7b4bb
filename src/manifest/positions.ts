/** Where the fields of a document stand in its text. The tree is built when the first position is asked for. */
import { isSeq } from 'yaml';
import type { Node } from 'yaml';
import type { Path } from '../base/json.ts';
import { parseForEdit } from './edit-source.ts';
import type { EditSource } from './edit-source.ts';
import { endOf, findPlace, lineBreak, lineStart, pairEnd, startOf, dashOf, isFlow, itemEnd } from './edit-tree.ts';
import type { Place } from './edit-tree.ts';
import { LineIndex } from './line-index.ts';
import type { ManifestFile, SourcePosition } from './manifest.ts';

/** A stretch of a segment's text; offsets from 0, line and column of its start from 1. */
export interface Location extends SourcePosition {
  readonly start: number;
  readonly end: number;
}

export interface FieldLocation {
  /** The key, for an entry of a map; undefined for an item of a list and for the root. */
  readonly key?: Location;
  /** The value; where it is empty, a stretch of no length after the key. */
  readonly value: Location;
  /** Key and value, or dash and item. */
  readonly whole: Location;
}

/** Answers positions in one segment; keeps the tree between questions. */
export class Positions {
  private readonly text: string;
  private readonly format: 'yaml' | 'json';
  private source: EditSource | undefined | null = null;
  private lines: LineIndex | undefined;

  constructor(text: string, format: 'yaml' | 'json') {
    this.text = text;
    this.format = format;
  }

  /** The place of a field; undefined where there is none in the text (a missing field, one behind an alias or a merge). */
  locate(path: Path): FieldLocation | undefined {
    if (this.source === null) this.source = parseForEdit(this.text, this.format);
    if (!this.source) return undefined;
    const found = findPlace(this.source.root, path);
    return found.type === 'found' ? this.describe(found.place) : undefined;
  }

  /** The whole lines of a field with its value: what a reference was read from. */
  linesOf(path: Path): { readonly text: string; readonly line: number } | undefined {
    const location = this.locate(path);
    if (!location) return undefined;
    const start = lineStart(this.text, location.whole.start);
    return { text: this.text.slice(start, lineBreak(this.text, location.whole.end)), line: location.whole.line };
  }

  private describe(place: Place): FieldLocation {
    const { text } = this;
    const { node, parent, pair, index } = place;
    if (pair) {
      const key = pair.key as Node;
      const [keyStart, keyEnd] = key.range ?? [0, 0];
      const end = pairEnd(pair, text);
      const value =
        node && endOf(node, text) > startOf(node) ? this.at(startOf(node), endOf(node, text)) : this.at(end, end);
      return { key: this.at(keyStart, keyEnd), value, whole: this.at(keyStart, end) };
    }
    const start = node ? startOf(node) : 0;
    const value = this.at(start, Math.max(start, endOf(node, text)));
    if (!isSeq(parent) || isFlow(parent) || index === undefined) return { value, whole: value };
    return { value, whole: this.at(dashOf(parent, index) ?? start, Math.max(value.end, itemEnd(parent, index, text))) };
  }

  private at(start: number, end: number): Location {
    this.lines ??= new LineIndex(this.text);
    return { start, end, ...this.lines.positionAt(start) };
  }
}

/** The place of one field. Who asks for several keeps a `Positions`. */
export function locate(text: string, format: 'yaml' | 'json', path: Path): FieldLocation | undefined {
  return new Positions(text, format).locate(path);
}

/** The lines of one field, and the number of the first (from 1) in the segment. */
export function linesOf(
  text: string,
  format: 'yaml' | 'json',
  path: Path,
): { readonly text: string; readonly line: number } | undefined {
  return new Positions(text, format).linesOf(path);
}

/**
 * Where a segment begins in its file: its offset after the byte order mark, and the line and column (from 1) of its first
 * character. A position inside the segment becomes one in the file by adding lines, and columns on the first line.
 */
export function segmentStart(file: ManifestFile, index: number): { readonly offset: number } & SourcePosition {
  const before = file.segments
    .slice(0, index)
    .map(({ text }) => text)
    .join('');
  return { offset: before.length, ...new LineIndex(before).positionAt(before.length) };
}

/** The position in its file of a position in a segment. */
export function positionInFile(file: ManifestFile, index: number, inside: SourcePosition): SourcePosition {
  const start = segmentStart(file, index);
  return {
    line: start.line + inside.line - 1,
    column: inside.line === 1 ? start.column + inside.column - 1 : inside.column,
  };
}
