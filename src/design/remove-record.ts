import type { KindRegistry } from '../kinds/registry.ts';
import { DesignBuilder } from './design-builder.ts';
import { editFields, isRefused } from './edit-segment.ts';
import { documentOf, segmentOf } from './records.ts';
import type { CommandRefusal } from './commands/command.ts';
import type { Design, DesignRecord, DesignSegment, SegmentId } from './design.ts';

/** Takes a record out of its file: its document with one separator, or its item of a List. */
export function removeRecord(design: Design, registry: KindRegistry, record: DesignRecord): Design | CommandRefusal {
  const document = documentOf(design, record);
  return document.records.length > 1 || record.path.length > 0
    ? removeItem(design, registry, record)
    : removeDocument(design, registry, record);
}

function removeItem(design: Design, registry: KindRegistry, record: DesignRecord): Design | CommandRefusal {
  const document = documentOf(design, record);
  const last = document.records.length === 1;
  if (last) return removeDocument(design, registry, record);
  const rest = document.records.filter((id) => id !== record.id);
  const next = editFields(design, registry, { ...record, path: [] }, [{ op: 'delete', path: record.path }]);
  if (isRefused(next)) return next;
  // The items that stay keep their names although each moved up by one.
  return keepNames(next, design, document.id, rest);
}

/** After an item is gone the counts differ, and records were matched by name: match them by order instead. */
function keepNames(next: Design, before: Design, segment: SegmentId, rest: readonly string[]): Design {
  const document = segmentOf(next, segment);
  if (document.type !== 'document' || document.records.length !== rest.length) return next;
  const records = new Map(next.records);
  const moved = document.records.map((id, index) => ({ ...records.get(id)!, id: rest[index]! }));
  for (const id of document.records) records.delete(id);
  const ordered = new Map<string, DesignRecord>();
  const placed = new Map(moved.map((record) => [record.id, record]));
  for (const id of before.records.keys()) {
    const record = placed.get(id) ?? records.get(id);
    if (record) ordered.set(id, record);
  }
  for (const [id, record] of records) if (!ordered.has(id)) ordered.set(id, record);
  const segments = new Map(next.segments).set(segment, { ...document, records: rest });
  return { ...next, segments, records: ordered };
}

function removeDocument(design: Design, registry: KindRegistry, record: DesignRecord): Design {
  const builder = new DesignBuilder(design, registry);
  const file = design.files.get(record.file)!;
  const at = file.segments.indexOf(record.segment);
  const separator = [at + 1, at - 1].find((index) => {
    const id = file.segments[index];
    return id !== undefined && isSeparator(segmentOf(design, id));
  });
  const gone = new Set([record.segment, ...(separator === undefined ? [] : [file.segments[separator]!])]);
  const segments = file.segments.filter((id) => !gone.has(id));
  builder.deleteRecord(record.id);
  for (const id of gone) builder.deleteSegment(id);
  const left = segments.map((id) => segmentOf(design, id));
  if (left.every((segment) => segment.type === 'raw' && segment.text.trim() === '')) {
    for (const id of segments) builder.deleteSegment(id);
    builder.deleteFile(file.path);
  } else builder.setFile({ ...file, segments });
  return builder.design;
}

export function isSeparator(segment: DesignSegment): boolean {
  return segment.type === 'raw' && /^(?:\r?\n)?---[ \t]*(?:#.*)?(?:\r?\n)?$/.test(segment.text);
}
