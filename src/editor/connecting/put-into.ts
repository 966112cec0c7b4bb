import type { RecordId } from '../../design/design.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import type { Point } from '../../scene/scene.ts';
import type { WorkspaceState } from '../../workspace/workspace.ts';
import { cardBoxes, contains } from '../canvas/geometry.ts';

/** Whether an object is a Pod itself: its labels and its spec are those of a Pod. */
export function isPod(state: Pick<WorkspaceState, 'design' | 'registry'>, id: RecordId): boolean {
  return lengthOfSpecPath(state, id) === 1;
}

/** The workload whose card lies at a point of the Application picture, other than the one that is dropped there. */
export function workloadAt(state: WorkspaceState, at: Point, dropped?: RecordId): RecordId | undefined {
  const { scene, picture } = state;
  if (picture !== 'application') return undefined;
  const boxes = cardBoxes(scene);
  return scene.cards.find(({ id, record }) => {
    const box = boxes.get(id);
    if (record === undefined || record === dropped || !box || !contains(box, at)) return false;
    return (lengthOfSpecPath(state, record) ?? 0) > 1;
  })?.record;
}

function lengthOfSpecPath(
  { design, registry }: { readonly design: WorkspaceState['design']; readonly registry: KindRegistry },
  id: RecordId,
): number | undefined {
  const object = design.records.get(id)?.object;
  return object && registry.of(object).podTemplate?.(object)?.specPath.length;
}
