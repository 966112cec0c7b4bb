import { withPlacements } from '../design/commands/move-placements.ts';
import type { Design, Picture, Placement, PlacementKey } from '../design/design.ts';
import { frameOf } from '../design/file-layout.ts';
import type { Scene } from '../scene/scene.ts';

/**
 * Once a person has placed something in a picture, everything else in it stays where it is shown: otherwise the automatic
 * layout, knowing only some of the places, would put the rest elsewhere the next time the design is opened.
 */
export function pinPlacements(before: Design, after: Design, picture: Picture, scene: Scene): Design {
  const [old, now] = [before.placements[picture], after.placements[picture]];
  if (now === old || now.size === 0) return after;
  const frames = new Set([...[...after.records.values()].map(frameOf), ...after.records.keys()]);
  const shown = new Map<PlacementKey, Placement>();
  for (const { id, x, y } of scene.frames) if (!now.has(id) && frames.has(id)) shown.set(id, { x, y });
  // In the Cluster picture cards lie where the plan puts them.
  for (const { record, x, y } of picture === 'application' ? scene.cards : []) {
    if (record !== undefined && !now.has(record) && after.records.has(record)) shown.set(record, { x, y });
  }
  return shown.size === 0 ? after : withPlacements(after, picture, shown);
}
