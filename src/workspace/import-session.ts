import type {
  Design,
  DesignFile,
  DesignRecord,
  DesignSegment,
  Picture,
  Placement,
  PlacementKey,
} from '../design/design.ts';
import type { ImportPart } from './protocol.ts';

/** The parts of one import, gathered until they are all here. */
export class ImportSession {
  private readonly files = new Map<string, DesignFile>();
  private readonly segments = new Map<string, DesignSegment>();
  private readonly records = new Map<string, DesignRecord>();
  private readonly placements: (readonly [Picture, PlacementKey, Placement])[] = [];
  readonly ticket: number;

  constructor(ticket: number) {
    this.ticket = ticket;
  }

  take(part: ImportPart): void {
    for (const file of part.files) this.files.set(file.path, file);
    for (const segment of part.segments) this.segments.set(segment.id, segment);
    for (const record of part.records) this.records.set(record.id, record);
    this.placements.push(...part.placements);
  }

  get isEmpty(): boolean {
    return this.files.size === 0;
  }

  /** The design with what was brought, on top of whatever a person did meanwhile. */
  addTo(design: Design): Design {
    const placements = { ...design.placements };
    for (const [picture, key, placement] of this.placements) {
      placements[picture] = new Map([...placements[picture], [key, placement]]);
    }
    return {
      ...design,
      files: join(design.files, this.files),
      segments: join(design.segments, this.segments),
      records: join(design.records, this.records),
      placements,
    };
  }
}

function join<Value>(map: ReadonlyMap<string, Value>, more: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  return new Map([...map, ...more]);
}
