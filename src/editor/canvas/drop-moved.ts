import type { InternalNode } from '@xyflow/react';
import type { Placement, PlacementKey, RecordId } from '../../design/design.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Point, SceneFrame } from '../../scene/scene.ts';
import type { Text } from '../i18n.ts';
import { dropOnNode } from './drop-on-node.ts';
import { isPod, workloadAt } from '../connecting/put-into.ts';
import { openDialog } from '../page-state.ts';
import { runCommand } from '../run-command.ts';
import type { CanvasNode, CardNode } from './flow-nodes.ts';
import { contains } from './geometry.ts';

/** Least distance of a card from its frame's corner: the title stays free. */
const LEAST = { x: 12, y: 40 } as const;

type Find = (id: string) => InternalNode<CanvasNode> | undefined;

/**
 * Ends a drag as one undo step. A Pod dropped onto a workload is offered to become part of it. Cards dropped into another
 * namespace's frame move to that namespace; all others keep the place where they were dropped, inside their frame.
 */
export function dropMoved(
  workspace: Workspace,
  dragged: readonly CanvasNode[],
  find: Find,
  pointer: Point | undefined,
  t: Text,
): void {
  const { scene, picture } = workspace.store.getState();
  const cards = dragged.filter((node): node is CardNode => node.type === 'card' && !node.data.card.ghost);
  const [first] = cards;
  // In the Cluster picture cards lie where the plan puts them: only Nodes have places of their own.
  if (picture === 'cluster' && first) return dropOnNode(workspace, first, pointer, t);
  const only = cards.length === 1 ? first?.data.card.record : undefined;
  const workload =
    only !== undefined && pointer && isPod(workspace.store.getState(), only)
      ? workloadAt(workspace.store.getState(), pointer, only)
      : undefined;
  if (only !== undefined && workload !== undefined) {
    openDialog({ type: 'putInto', source: { record: only }, workload });
    return;
  }
  const target = frameUnder(scene.frames, cards, find, pointer);
  if (target !== undefined) {
    runCommand(workspace, COMMANDS.moveToNamespace, { records: recordsOf(cards), namespace: target }, t);
    return;
  }
  const placements = new Map<PlacementKey, Placement>();
  for (const node of dragged) {
    if (node.type !== 'card') placements.set(node.id, node.position);
    else if (node.data.card.record !== undefined) placements.set(node.data.card.record, inside(node.position));
  }
  runCommand(workspace, COMMANDS.movePlacements, { picture, placements }, t, [
    'command.noChange',
    'command.nothingSelected',
  ]);
}

function inside({ x, y }: Placement): Placement {
  return { x: Math.max(LEAST.x, x), y: Math.max(LEAST.y, y) };
}

function recordsOf(cards: readonly CardNode[]): readonly RecordId[] {
  return cards.flatMap(({ data: { card } }) => (card.record === undefined ? [] : [card.record]));
}

/** The namespace under the pointer, or the middle of every one of several dragged cards, when it is one and not their own. */
function frameUnder(
  frames: readonly SceneFrame[],
  cards: readonly CardNode[],
  find: Find,
  pointer: Point | undefined,
): string | undefined {
  if (cards.length === 0) return undefined;
  const under = cards.map((node) => {
    const at = find(node.id)?.internals.positionAbsolute;
    const middle =
      (cards.length === 1 ? pointer : undefined) ??
      (at && { x: at.x + (node.width ?? 0) / 2, y: at.y + (node.height ?? 0) / 2 });
    const own = node.data.card.frame;
    return middle && frames.find((frame) => frame.kind === 'namespace' && frame.id !== own && contains(frame, middle));
  });
  const first = under[0];
  const ownStillHolds = cards.some(
    (node) => frames.find(({ id }) => id === node.data.card.frame)?.kind !== 'namespace',
  );
  return first && !ownStillHolds && under.every((frame) => frame === first) ? first.title : undefined;
}
