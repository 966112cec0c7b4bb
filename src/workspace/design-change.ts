import { applyDifference, differenceOf } from '../base/difference.ts';
import type { Design } from '../design/design.ts';
import type { DesignChange } from './protocol.ts';

/** What one design has that the other has not. */
export function designChange(from: Design, to: Design): DesignChange {
  return {
    files: differenceOf(from.files, to.files),
    segments: differenceOf(from.segments, to.segments),
    records: differenceOf(from.records, to.records),
    ...(from.placements === to.placements ? {} : { placements: to.placements }),
  };
}

/** The design after a change. Names of records given elsewhere are not counted here: `nextId` stays. */
export function applyDesignChange(design: Design, change: DesignChange): Design {
  return {
    files: applyDifference(design.files, change.files),
    segments: applyDifference(design.segments, change.segments),
    records: applyDifference(design.records, change.records),
    placements: change.placements ?? design.placements,
    nextId: design.nextId,
  };
}
