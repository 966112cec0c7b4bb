import type { FieldEdit } from '../kinds/field-edit.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { applyEdits } from '../manifest/edit.ts';
import { readManifest } from '../manifest/read.ts';
import type { Segment } from '../manifest/manifest.ts';
import { DesignBuilder } from './design-builder.ts';
import { documentOf } from './records.ts';
import type { CommandRefusal } from './commands/command.ts';
import type { Design, DesignRecord, RecordId, SegmentId } from './design.ts';

export function isRefused(outcome: object): outcome is CommandRefusal {
  return Object.hasOwn(outcome, 'refused');
}

/** Edits fields of one record by splicing its text; comments, order and style of everything else stay. */
export function editFields(
  design: Design,
  registry: KindRegistry,
  record: DesignRecord,
  edits: readonly FieldEdit[],
): Design | CommandRefusal {
  const document = documentOf(design, record);
  const placed = edits.map((edit) => ({ ...edit, path: [...record.path, ...edit.path] }));
  const edited = applyEdits(document.text, document.format, placed);
  if (!edited.ok) return { refused: 'command.cannotEditText', params: { reason: edited.reason } };
  if (edited.text === document.text) return { refused: 'command.noChange' };
  return replaceDocument(design, registry, document.id, edited.text);
}

/**
 * Puts new text in the place of a document and reads it. Text that does not read is refused with its line, so a design
 * never holds a broken document that was whole before. Records keep their names where the text still holds them.
 */
export function replaceDocument(
  design: Design,
  registry: KindRegistry,
  segment: SegmentId,
  text: string,
): Design | CommandRefusal {
  const before = design.segments.get(segment);
  if (before?.type !== 'document') return { refused: 'command.noSuchRecord' };
  const file = design.files.get(design.records.get(before.records[0]!)!.file)!;
  const read = readManifest(file.path, text);
  const broken = read.problems.find((problem) => problem.severity === 'error');
  if (broken) {
    const { line, column } = broken.position;
    return { refused: 'command.cannotEditText', params: { reason: broken.id, line, column, ...broken.params } };
  }
  const documents = read.segments.filter((part) => part.type === 'document');
  if (documents.length === 0) return { refused: 'command.cannotEditText', params: { reason: 'manifest.notAnObject' } };

  const builder = new DesignBuilder(design, registry);
  const keep = handOn(design, before.records, read.segments, registry);
  const ids = takeParts(builder, file.path, segment, read.segments, keep);
  const kept = new Set(keep.flat());
  for (const id of before.records) if (!kept.has(id)) builder.deleteRecord(id);
  if (ids.length !== 1) {
    builder.setFile({ ...file, segments: file.segments.flatMap((id) => (id === segment ? ids : [id])) });
  }
  return builder.design;
}

/** Which old record each new object continues: by place when the count is the same, else by what it is. */
function handOn(
  design: Design,
  old: readonly RecordId[],
  parts: readonly Segment[],
  registry: KindRegistry,
): readonly RecordId[][] {
  const counts = parts.map((part) => (part.type === 'document' ? part.objects.length : 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const free = new Set(old);
  let next = 0;
  return parts.map((part) => {
    if (part.type !== 'document') return [];
    return part.objects.map(({ object }) => {
      const same =
        total === old.length
          ? old[next++]
          : [...free].find((id) => {
              const record = design.records.get(id)!;
              return registry.of(record.object) === registry.of(object) && sameName(record, object);
            });
      if (same !== undefined) free.delete(same);
      // A name of '' is never in a design: the builder gives a new one.
      return same ?? '';
    });
  });
}

function sameName(record: DesignRecord, object: DesignRecord['object']): boolean {
  const name = (value: DesignRecord['object']): unknown => (value['metadata'] as { name?: unknown } | undefined)?.name;
  return name(record.object) === name(object);
}

function takeParts(
  builder: DesignBuilder,
  file: string,
  segment: SegmentId,
  parts: readonly Segment[],
  keep: readonly RecordId[][],
): readonly SegmentId[] {
  let reused = false;
  return parts.map((part, index) => {
    const id = part.type === 'document' && !reused ? segment : undefined;
    if (id !== undefined) reused = true;
    return builder.takeSegment(file, part, id, keep[index]!);
  });
}
