import { Position } from '@xyflow/react';
import type { Node } from '@xyflow/react';
import type { RecordId } from '../../design/design.ts';
import type { Scene, SceneCard, SceneFrame } from '../../scene/scene.ts';

export type CardNode = Node<{ readonly card: SceneCard }, 'card'>;
export type FrameNode = Node<{ readonly frame: SceneFrame }, 'frame'>;
export type CanvasNode = CardNode | FrameNode;

export interface NodeWords {
  card(card: SceneCard): string;
  frame(frame: SceneFrame): string;
}

/**
 * Makes React Flow nodes of scenes: frames first, cards inside them. Sizes are given as measured, so that only what is
 * visible needs to be mounted. It remembers the last nodes: one that says the same as before stays the same object, so
 * that its card is not drawn again.
 */
export function flowNodeBuilder() {
  let before: ReadonlyMap<string, CanvasNode> = new Map();
  return (scene: Scene, selection: ReadonlySet<RecordId>, words: NodeWords): CanvasNode[] => {
    const nodes: CanvasNode[] = [];
    for (const frame of scene.frames) nodes.push(keep(before.get(frame.id), frameNode(frame, words.frame(frame))));
    for (const card of scene.cards) {
      const selected = card.record !== undefined && selection.has(card.record);
      nodes.push(keep(before.get(card.id), cardNode(card, selected, words.card(card))));
    }
    before = new Map(nodes.map((node) => [node.id, node]));
    return nodes;
  };
}

/** Frames lie under edges (0), cards above them. */
const FRAME_LAYER = -1;
const CARD_LAYER = 1;

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
    selectable: false,
    focusable: false,
    connectable: false,
    zIndex: FRAME_LAYER,
    dragHandle: '.frame-title',
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
    handles: [
      { type: 'source', position: Position.Right, x: width - 6, y: height / 2 - 6, width: 12, height: 12 },
      { type: 'target', position: Position.Left, x: 0, y: 0, width, height },
    ],
    selected,
    draggable: !card.ghost,
    connectable: !card.ghost,
    selectable: !card.ghost,
    focusable: true,
    ariaLabel: label,
  };
}

function keep(before: CanvasNode | undefined, after: CanvasNode): CanvasNode {
  if (!before || before.type !== after.type) return after;
  const same =
    before.selected === after.selected &&
    before.parentId === after.parentId &&
    before.ariaLabel === after.ariaLabel &&
    before.position.x === after.position.x &&
    before.position.y === after.position.y &&
    before.width === after.width &&
    before.height === after.height &&
    sameFields(dataOf(before), dataOf(after));
  return same ? before : after;
}

function dataOf(node: CanvasNode): object {
  return node.type === 'card' ? node.data.card : node.data.frame;
}

function sameFields(a: object, b: object): boolean {
  if (a === b) return true;
  const left = Object.entries(a);
  return left.length === Object.keys(b).length && left.every(([key, value]) => Object.is(value, Reflect.get(b, key)));
}
