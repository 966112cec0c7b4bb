import type { Path } from '../../base/json.ts';
import type { Design, DesignRecord, SegmentId } from '../../design/design.ts';
import { countLines, documentOf, segmentOf } from '../../design/records.ts';
import type { SourcePosition } from '../../manifest/manifest.ts';
import { Positions } from '../../manifest/positions.ts';
import { repeatedFields } from '../../manifest/repeated-fields.ts';

/** Where fields of records stand in their files. Documents are only parsed again where somebody asks. */
export class FieldPositions {
  private readonly design: Design;
  /** Lines and, on the first line, columns that come before a segment. */
  private readonly starts = new Map<SegmentId, { readonly line: number; readonly column: number }>();
  private readonly positions = new Map<SegmentId, Positions>();
  private readonly repeated = new Map<SegmentId, readonly Path[]>();

  constructor(design: Design) {
    this.design = design;
    for (const file of design.files.values()) {
      let [line, column] = [0, 0];
      for (const id of file.segments) {
        this.starts.set(id, { line, column });
        const { text } = segmentOf(design, id);
        line += countLines(text);
        const lineStart = text.lastIndexOf('\n') + 1;
        column = lineStart === 0 ? column + text.length : text.length - lineStart;
      }
    }
  }

  /** The position of a field in its file, from 1; of the nearest parent that is there, for a missing one. */
  of(record: DesignRecord, path: Path): SourcePosition {
    const positions = this.positionsOf(record);
    for (let depth = path.length; depth >= 0; depth--) {
      const found = positions.locate([...record.path, ...path.slice(0, depth)]);
      if (found === undefined) continue;
      const { line, column } = found.key ?? found.value;
      const start = this.starts.get(record.segment) ?? { line: 0, column: 0 };
      return { line: start.line + line, column: line === 1 ? start.column + column : column };
    }
    return { line: (this.starts.get(record.segment)?.line ?? 0) + record.line + 1, column: 1 };
  }

  /** Fields of a record that stand twice. Only files in which the reader met one are looked at. */
  repeatedIn(record: DesignRecord): readonly Path[] {
    const file = this.design.files.get(record.file);
    if (!file?.problems.some(({ id }) => id === 'manifest.duplicateKey')) return [];
    let paths = this.repeated.get(record.segment);
    if (paths === undefined) {
      const { text, format } = documentOf(this.design, record);
      paths = repeatedFields(text, format);
      this.repeated.set(record.segment, paths);
    }
    const depth = record.path.length;
    return paths
      .filter((path) => path.length > depth && record.path.every((key, index) => path[index] === key))
      .map((path) => path.slice(depth));
  }

  private positionsOf(record: DesignRecord): Positions {
    const known = this.positions.get(record.segment);
    if (known) return known;
    const { text, format } = documentOf(this.design, record);
    const made = new Positions(text, format);
    this.positions.set(record.segment, made);
    return made;
  }
}
