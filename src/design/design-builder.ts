import type { KindRegistry } from '../kinds/registry.ts';
import type { ManifestFile, Segment } from '../manifest/manifest.ts';
import { isOwnDocument, isOwnFile } from './own-file.ts';
import { makeRecord } from './records.ts';
import type { Design, DesignFile, DesignRecord, DesignSegment, RecordId, SegmentId } from './design.ts';

/**
 * A design being changed: copies each map once, on its first write, so that a change of one record among ten
 * thousand copies one map of references and nothing else. Not shared, not kept: made by a command and finished.
 */
export class DesignBuilder {
  private files: Map<string, DesignFile> | undefined;
  private segments: Map<SegmentId, DesignSegment> | undefined;
  private records: Map<RecordId, DesignRecord> | undefined;
  private nextId: number;
  private readonly base: Design;
  readonly registry: KindRegistry;
  private readonly prefix: string;

  /** `prefix` keeps names apart that two threads give at the same time. */
  constructor(base: Design, registry: KindRegistry, prefix = '') {
    this.base = base;
    this.registry = registry;
    this.prefix = prefix;
    this.nextId = base.nextId;
  }

  /** The design as it stands. Its maps go on changing until the builder is left alone. */
  get design(): Design {
    return {
      ...this.base,
      files: this.files ?? this.base.files,
      segments: this.segments ?? this.base.segments,
      records: this.records ?? this.base.records,
      nextId: this.nextId,
    };
  }

  newId(prefix: 'r' | 's'): string {
    return `${this.prefix}${prefix}${this.nextId++}`;
  }

  setFile(file: DesignFile): void {
    this.files ??= new Map(this.base.files);
    this.files.set(file.path, file);
  }

  deleteFile(path: string): void {
    this.files ??= new Map(this.base.files);
    this.files.delete(path);
  }

  setSegment(segment: DesignSegment): void {
    this.segments ??= new Map(this.base.segments);
    this.segments.set(segment.id, segment);
  }

  deleteSegment(id: SegmentId): void {
    this.segments ??= new Map(this.base.segments);
    this.segments.delete(id);
  }

  setRecord(record: DesignRecord): void {
    this.records ??= new Map(this.base.records);
    this.records.set(record.id, record);
  }

  deleteRecord(id: RecordId): void {
    this.records ??= new Map(this.base.records);
    this.records.delete(id);
  }

  /** Takes a segment as read, with new names for its records unless old ones are handed on, in order. */
  takeSegment(
    file: string,
    segment: Segment,
    id: SegmentId = this.newId('s'),
    keep: readonly RecordId[] = [],
  ): SegmentId {
    if (segment.type === 'raw') {
      this.setSegment({ id, type: 'raw', text: segment.text });
      return id;
    }
    const records = segment.objects.map((found, index) => {
      const record = makeRecord(keep[index] || this.newId('r'), { file, segment: id }, found, this.registry);
      this.setRecord(record);
      return record.id;
    });
    this.setSegment({ id, type: 'document', text: segment.text, format: segment.format, records });
    return id;
  }

  /** Takes a whole file; a file of that path must not be in the design. */
  takeFile(file: ManifestFile): void {
    const isOwn = isOwnFile(file.segments);
    const segments = file.segments.map((segment) =>
      this.takeSegment(file.path, isOwnDocument(segment) ? { type: 'raw', text: segment.text } : segment),
    );
    const { path, bom, lineEnd, problems, binary } = file;
    const more = { ...(binary === undefined ? {} : { binary }), ...(isOwn ? { isOwn } : {}) };
    this.setFile({ path, bom, lineEnd, segments, problems, ...more });
  }
}
