import { useReactFlow } from '@xyflow/react';
import type { Connection, EdgeMouseHandler, OnConnectEnd, OnConnectStartParams } from '@xyflow/react';
import { useCallback, useMemo, useRef } from 'react';
import { COMMANDS } from '../../design/commands/index.ts';
import type { Placement } from '../../design/design.ts';
import type { Point, SceneCard } from '../../scene/scene.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { beginConnecting, endConnecting } from '../connecting/connecting.ts';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { openDialog, page } from '../page-state.ts';
import { fetchLater } from '../later.tsx';
import { runCommand } from '../run-command.ts';
import { useWorkspace } from '../workspace-context.ts';
import { dropMoved } from './drop-moved.ts';
import type { CanvasEdge } from './edge-view.tsx';
import type { CanvasNode } from './flow-nodes.ts';
import { ghostIdentity } from './ghost-actions.tsx';
import { hands } from './hands/hands-state.ts';
import { lastShift } from './hands/snap-changes.ts';
import { hover } from './hover.ts';
import { view } from './view/view-store.ts';
import { componentOf, isDrawnKey } from '../../design/drawn.ts';

const HOVER_DELAY_MS = 180;

const wires = () => import('../connecting/wire.ts');
fetchLater(wires);

/** Something that is no object of the design: an arrow there stands in no manifest. */
function isDrawn(key: string): boolean {
  return isDrawnKey(key) || componentOf(key) !== undefined;
}

/** What a pointer does on the picture: pulling cards, drawing arrows, looking at edges. */
export function useGestures(settle: () => void) {
  const workspace = useWorkspace();
  const t = useText();
  const { getInternalNode, screenToFlowPosition } = useReactFlow<CanvasNode, CanvasEdge>();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const drop = useCallback(
    (event: MouseEvent | TouchEvent | React.MouseEvent, dragged: readonly CanvasNode[]) => {
      const { design: before, picture } = workspace.store.getState();
      const { x, y } = lastShift();
      const there = dragged.map((node) => ({ ...node, position: { x: node.position.x + x, y: node.position.y + y } }));
      if (event.altKey && picture === 'application') duplicateAt(workspace, there, t);
      else dropMoved(workspace, there, getInternalNode, pointerOf(event, screenToFlowPosition), t);
      if (event.altKey || workspace.store.getState().design === before || picture === 'cluster') settle();
    },
    [workspace, getInternalNode, screenToFlowPosition, settle, t],
  );
  return useMemo(() => {
    const hoverEdge = (edge: string | undefined, x = 0, y = 0): void => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => hover.setState(edge === undefined ? { edge } : { edge, x, y }), HOVER_DELAY_MS);
    };
    const onEdgeMouseEnter: EdgeMouseHandler<CanvasEdge> = (event, { id }) =>
      hoverEdge(id, event.clientX, event.clientY);
    const onEdgeClick: EdgeMouseHandler<CanvasEdge> = (_, { id }) => {
      clearTimeout(timer.current);
      hover.setState({ edge: undefined });
      workspace.select([]);
      page.setState({ edge: id });
    };
    const onConnectStart = (_: unknown, { nodeId }: OnConnectStartParams): void => {
      if (nodeId) beginConnecting(workspace.store.getState(), nodeId);
    };
    const onConnectEnd: OnConnectEnd = (event, { fromNode, toNode }) => {
      endConnecting();
      // Dropped on the paper: the other end is chosen from a list, or made.
      if (fromNode && !toNode && workspace.store.getState().design.records.has(fromNode.id))
        openDialog({ type: 'connectTo', source: fromNode.id });
      else if (fromNode && !toNode) {
        const at = pointerOf(event, screenToFlowPosition);
        if (at) void wires().then(({ refuseWireToNode }) => refuseWireToNode(workspace, fromNode.id, at, t));
      }
    };
    const menuAt = (
      event: MouseEvent | React.MouseEvent,
      on: 'card' | 'ghost' | 'frame' | 'edge' | 'paper',
      id = '',
    ) => {
      event.preventDefault();
      hover.setState({ edge: undefined });
      hands.setState({ menu: { x: event.clientX, y: event.clientY, on, id } });
    };
    return {
      onNodeDragStop: (event: MouseEvent | TouchEvent | React.MouseEvent, _: CanvasNode, dragged: CanvasNode[]) =>
        drop(event, dragged),
      onSelectionDragStop: (event: React.MouseEvent, dragged: CanvasNode[]) => drop(event, dragged),
      onConnect: ({ source, target }: Connection): void => {
        if (source === target) return;
        // An arrow that begins or ends at something drawn is drawn itself; between objects it is an edit.
        if (isDrawn(source) || isDrawn(target))
          void wires().then(({ drawWire }) => drawWire(workspace, source, target, t));
        else openDialog({ type: 'connect', source, target });
      },
      onConnectStart,
      onConnectEnd,
      onClickConnectStart: onConnectStart,
      onClickConnectEnd: endConnecting,
      onEdgeClick,
      onEdgeMouseEnter,
      onEdgeMouseLeave: () => hoverEdge(undefined),
      onNodeClick: (event: React.MouseEvent, node: CanvasNode): void => {
        // A click on one of several that are chosen chooses that one; React Flow leaves them all.
        const { selection } = workspace.store.getState();
        const record = node.type === 'card' ? node.data.card.record : undefined;
        if (record !== undefined && selection.size > 1 && !event.shiftKey) workspace.select([record]);
      },
      onNodeDoubleClick: (_: React.MouseEvent, node: CanvasNode): void => {
        if (node.type !== 'card') return;
        const { id, members } = node.data.card;
        if (members === undefined) openCard(node.data.card);
        else unfold(id);
      },
      onNodeContextMenu: (event: React.MouseEvent, node: CanvasNode): void => {
        if (node.type !== 'card') return;
        const { record, ghost } = node.data.card;
        if (record !== undefined && !workspace.store.getState().selection.has(record)) workspace.select([record]);
        menuAt(event, ghost ? 'ghost' : 'card', node.id);
      },
      onSelectionContextMenu: (event: React.MouseEvent): void => menuAt(event, 'card'),
      onEdgeContextMenu: (event: React.MouseEvent, { id }: CanvasEdge): void => menuAt(event, 'edge', id),
      onPaneContextMenu: (event: MouseEvent | React.MouseEvent): void => menuAt(event, 'paper'),
    };
  }, [workspace, drop, t, screenToFlowPosition]);
}

/** An application or a group that is one card becomes its cards again. */
function unfold(id: string): void {
  view.setState(({ unfolded, foldedGroups }) => ({
    unfolded: new Set([...unfolded, id]),
    foldedGroups: new Set([...foldedGroups].filter((group) => group !== id)),
  }));
}

/** Where the pointer is in the picture. */
function pointerOf(
  event: MouseEvent | TouchEvent | React.MouseEvent,
  toScene: (client: Point) => Point,
): Point | undefined {
  const place = 'clientX' in event ? event : event.changedTouches[0];
  return place && toScene({ x: place.clientX, y: place.clientY });
}

/** A double-click renames what is there, and asks what to do about what is not. */
export function openCard(card: SceneCard): void {
  if (card.record !== undefined) openDialog({ type: 'rename', record: card.record });
  else if (card.ghost) openDialog({ type: 'ghost', identity: ghostIdentity(card) });
}

/** Pulled with Alt: the cards stay, and copies of them stand where they were let go. */
function duplicateAt(workspace: Workspace, dragged: readonly CanvasNode[], t: Text): void {
  const at = new Map<string, Placement>();
  for (const node of dragged)
    if (node.type === 'card' && node.data.card.record !== undefined) at.set(node.data.card.record, node.position);
  if (at.size > 0) runCommand(workspace, COMMANDS.duplicateRecords, { records: [...at.keys()], at }, t);
}
