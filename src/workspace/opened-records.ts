import type { Design, DesignRecord, RecordId } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import { updateRefusals } from '../design/update-refusals.ts';
import type { JudgeContext } from '../kinds/served-kind.ts';

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

  /** What a cluster refuses of the changes since. */
  refusals(design: Design, context: JudgeContext): readonly Problem[] {
    return [...design.records.values()].flatMap((record) => {
      const old = this.opened.get(record.id);
      return old === undefined ? [] : updateRefusals(record, old, context);
    });
  }
}
