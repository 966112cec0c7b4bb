import type { Design, DesignRecord, RecordId } from '../design/design.ts';

/**
 * Records as they were opened, or saved since: what a cluster may be running. What was drawn here and never saved is new to
 * any cluster.
 */
export class OpenedRecords {
  private opened = new Map<RecordId, DesignRecord>();

  /** An import brought what `next` has more than `before`. */
  brought(before: Design, next: Design): void {
    for (const [id, record] of next.records) if (!before.records.has(id)) this.opened.set(id, record);
  }

  /** All of it was saved. */
  saved(design: Design): void {
    this.opened = new Map(design.records);
  }

  /** The record as a cluster may be running it; undefined where no cluster can know it. */
  before(id: RecordId): DesignRecord | undefined {
    return this.opened.get(id);
  }
}
