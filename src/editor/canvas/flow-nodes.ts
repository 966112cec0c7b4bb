import { sameItems } from '../../base/same-items.ts';
import { Position } from '@xyflow/react';
import type { Node } from '@xyflow/react';
import type { RecordId } from '../../design/design.ts';
import type { Scene, SceneCard, SceneDrawn, SceneFrame, SceneGroup } from '../../scene/scene.ts';
import { orderOf } from '../../scene/view/drawn-scene.ts';

export type CardNode = Node<{ readonly card: SceneCard }, 'card'>;
export type FrameNode = Node<{ readonly frame: SceneFrame }, 'frame'>;
export type DrawnNode = Node<{ readonly drawn: SceneDrawn }, 'drawn'>;
export type GroupNode = Node<{ readonly group: SceneGroup }, 'grouped'>;
export type CanvasNode = CardNode | FrameNode | DrawnNode | GroupNode;

export interface NodeWords {
  card(card: SceneCard): string;
  frame(frame: SceneFrame): string;
  drawn(drawn: SceneDrawn): string;
  group(group: SceneGroup): string;
}

/**
 * Makes React Flow nodes of scenes: frames first, cards inside them. Sizes are given as measured, so that only what is
 * visible needs to be mounted. What did not change in the scene, and is selected as before, stays the same node, so
 * that ten thousand cards cost little when one of them is chosen or moved.
 */
export function flowNodeBuilder() {
  let known = new WeakMap<SceneCard | SceneFrame | SceneDrawn, CanvasNode>();
  let spoken: NodeWords | undefined;
  let shown: CanvasNode[] = [];
  return (
    scene: Scene,
    selection: ReadonlySet<RecordId>,
    chosenDrawn: ReadonlySet<string>,
    words: NodeWords,
  ): CanvasNode[] => {
    if (words !== spoken) known = new WeakMap();
    spoken = words;
    const nodes: CanvasNode[] = [];
    for (const frame of scene.frames) {
      const node = known.get(frame) ?? frameNode(frame, words.frame(frame));
      known.set(frame, node);
      nodes.push(node);
    }
    for (const group of scene.groups ?? []) nodes.push(groupNode(group, words.group(group)));
    for (const card of scene.cards) {
      const selected = card.record !== undefined && selection.has(card.record);
      const before = known.get(card);
      const node =
        before?.selected === selected ? before : cardNode(card, selected, before?.ariaLabel ?? words.card(card));
      known.set(card, node);
      nodes.push(node);
    }
    for (const drawn of scene.drawn ?? []) {
      const selected = chosenDrawn.has(drawn.id);
      const before = known.get(drawn);
      const node = before?.selected === selected ? before : drawnNode(drawn, selected, words.drawn(drawn));
      known.set(drawn, node);
      nodes.push(node);
    }
    // The very list where nothing of it changed: React Flow reads every node of another one.
    return (shown = sameItems(nodes, shown) ? shown : nodes);
  };
}

/** Frames lie under edges (0), cards above them. */
const FRAME_LAYER = -1;
const ZONE_LAYER = -2;
const BELOW_CARDS = 0;
const CARD_LAYER = 1;
/** Boxes of groups lie on the frame. */
const GROUP_LAYER = -1;

function frameNode(frame: SceneFrame, label: string): FrameNode {
  const { width, height } = frame;
  return {
    id: frame.id,
    type: 'frame',
    position: { x: frame.x, y: frame.y },
    data: { frame },
    width,
    height,
    measured: { width, height },
    // Lines end at a frame while its cards are folded away.
    ...(frame.folded && { handles: handlesOf(width, height) }),
    draggable: frame.kind !== 'zone' && frame.kind !== 'tray' && !frame.id.startsWith('node:'),
    selectable: false,
    focusable: false,
    connectable: false,
    zIndex: frame.kind === 'zone' ? ZONE_LAYER : FRAME_LAYER,
    dragHandle: '.frame-title',
    ariaLabel: label,
    style: { pointerEvents: 'none' },
  };
}

function groupNode(group: SceneGroup, label: string): GroupNode {
  const { id, x, y, width, height } = group;
  return {
    id: `group ${id}`,
    type: 'grouped',
    position: { x, y },
    data: { group },
    width,
    height,
    measured: { width, height },
    draggable: false,
    selectable: false,
    focusable: false,
    connectable: false,
    zIndex: GROUP_LAYER,
    ariaLabel: label,
    style: { pointerEvents: 'none' },
  };
}

function cardNode(card: SceneCard, selected: boolean, label: string): CardNode {
  const { width, height } = card;
  return {
    id: card.id,
    type: 'card',
    zIndex: CARD_LAYER,
    parentId: card.frame,
    position: { x: card.x, y: card.y },
    data: { card },
    width,
    height,
    measured: { width, height },
    handles: handlesOf(width, height),
    selected,
    draggable: card.record !== undefined && card.locked !== true,
    connectable: card.id === card.record,
    selectable: card.record !== undefined,
    focusable: true,
    ariaLabel: label,
    // React Flow lets the pointer pass through what can neither be moved nor chosen.
    ...(card.record === undefined && { style: { pointerEvents: 'all' } }),
  };
}

/** A line may begin at the right side, and end anywhere. */
function handlesOf(width: number, height: number): NonNullable<CanvasNode['handles']> {
  return [
    { type: 'source', position: Position.Right, x: width - 6, y: height / 2 - 6, width: 12, height: 12 },
    { type: 'target', position: Position.Left, x: 0, y: 0, width, height },
  ];
}

function drawnNode(drawn: SceneDrawn, selected: boolean, label: string): DrawnNode {
  const { id, x, y, width, height } = drawn;
  return {
    id,
    type: 'drawn',
    zIndex: orderOf(drawn) < 0 ? BELOW_CARDS : CARD_LAYER + orderOf(drawn),
    position: { x, y },
    data: { drawn },
    width,
    height,
    measured: { width, height },
    handles: handlesOf(width, height),
    selected,
    focusable: true,
    ariaLabel: label,
  };
}
