import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import type { RefObject } from 'react';
import type { RecordId } from '../../design/design.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import type { CanvasNode } from './flow-nodes.ts';
import { BoxGrid, cardBoxes, overlaps } from './geometry.ts';
import { useShownScene } from './view/view-store.ts';

/**
 * The hit test of the picture that is drawn on one element: the card under the pointer and those that are chosen become
 * elements, with everything that hands can do to them; a marquee chooses what it covers.
 */
export function useFarNodes(
  farOut: boolean,
  nodes: readonly CanvasNode[],
  root: RefObject<HTMLElement | null>,
): readonly CanvasNode[] | undefined {
  const under = useUnderPointer(farOut, root);
  useFarMarquee(farOut);
  const selection = useWorkspaceState((state) => state.selection);
  return useMemo(() => {
    if (!farOut) return undefined;
    const isWanted = (node: CanvasNode): boolean =>
      node.id === under ||
      (node.type === 'card' && selection.size <= MOST_MOUNTED && has(selection, node.data.card.record));
    const wanted = nodes.filter(isWanted);
    const frames = new Set(wanted.map(({ parentId }) => parentId));
    return [...nodes.filter(({ id }) => frames.has(id)), ...wanted];
  }, [farOut, nodes, under, selection]);
}

/** Chosen cards that become elements; more are only marked. */
const MOST_MOUNTED = 40;

function has(selection: ReadonlySet<RecordId>, record: RecordId | undefined): boolean {
  return record !== undefined && selection.has(record);
}

function useUnderPointer(farOut: boolean, root: RefObject<HTMLElement | null>): string | undefined {
  const scene = useShownScene();
  const { screenToFlowPosition } = useReactFlow();
  const [under, setUnder] = useState<string | undefined>();
  useEffect(() => {
    const element = root.current;
    if (!farOut || !element) return undefined;
    const grid = new BoxGrid();
    for (const [id, box] of cardBoxes(scene)) grid.add(id, box);
    const onMove = ({ clientX, clientY, buttons }: PointerEvent): void => {
      // While something is pulled, it stays what it is.
      if (buttons === 0) setUnder(grid.at(screenToFlowPosition({ x: clientX, y: clientY })));
    };
    element.addEventListener('pointermove', onMove);
    return () => {
      element.removeEventListener('pointermove', onMove);
      setUnder(undefined);
    };
  }, [farOut, scene, root, screenToFlowPosition]);
  return under;
}

/** React Flow's marquee knows elements only. */
function useFarMarquee(farOut: boolean): void {
  const flow = useStoreApi();
  const workspace = useWorkspace();
  const scene = useShownScene();
  useEffect(() => {
    if (!farOut) return undefined;
    let rect = flow.getState().userSelectionRect;
    return flow.subscribe(({ userSelectionRect, transform: [left, top, zoom] }) => {
      const ended = rect !== null && userSelectionRect === null ? rect : undefined;
      rect = userSelectionRect;
      if (!ended) return;
      const box = {
        x: (ended.x - left) / zoom,
        y: (ended.y - top) / zoom,
        width: ended.width / zoom,
        height: ended.height / zoom,
      };
      const boxes = cardBoxes(scene);
      const covered = scene.cards.flatMap(({ id, record }) => {
        const own = boxes.get(id);
        return record !== undefined && own && overlaps(own, box) ? [record] : [];
      });
      // After React Flow has said what it chose.
      setTimeout(() => workspace.select(covered), 0);
    });
  }, [farOut, flow, workspace, scene]);
}
