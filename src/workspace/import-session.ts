import type {
  DesignFile,
  DesignRecord,
  DesignSegment,
  Picture,
  Placement,
  PlacementKey,
  RecordId,
  SegmentId,
} from '../design/design.ts';
import type { ImportPart } from './protocol.ts';

/** The parts of one import, gathered until they are all here. Both threads gather the same. */
export class ImportSession {
  readonly files: DesignFile[] = [];
  readonly segments = new Map<SegmentId, DesignSegment>();
  readonly records = new Map<RecordId, DesignRecord>();
  readonly placements: (readonly [Picture, PlacementKey, Placement])[] = [];
  readonly ticket: number;
  /** The person wants it no more; what still arrives is dropped. */
  cancelled = false;

  /** The files are a design that is opened, and not brought into one. */
  readonly opens: boolean;

  constructor(ticket: number, opens = false) {
    this.ticket = ticket;
    this.opens = opens;
  }

  take(part: ImportPart): void {
    this.files.push(...part.files);
    for (const segment of part.segments) this.segments.set(segment.id, segment);
    for (const record of part.records) this.records.set(record.id, record);
    for (const placement of part.placements) this.placements.push(placement);
  }
}
