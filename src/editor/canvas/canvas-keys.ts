import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useEffectEvent, useRef } from 'react';
import type { RefObject } from 'react';
import { COMMANDS } from '../../design/commands/index.ts';
import type { Placement, PlacementKey } from '../../design/design.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isComposing } from '../../kit/composition.ts';
import { hasModifier, isTyping } from '../hotkeys.ts';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { page } from '../page-state.ts';
import { runCommand } from '../run-command.ts';
import { useWorkspace } from '../workspace-context.ts';
import type { CanvasNode } from './flow-nodes.ts';
import { drawnState } from './drawn/drawn-state.ts';
import { endConnecting } from '../connecting/connecting.ts';
import { LEGEND_KEY, isDrawnKey } from '../../design/drawn.ts';
import { openCard } from './use-gestures.ts';
import { motionMs } from './viewport.ts';

/** One press of an arrow key, in canvas units; with Shift five times as far. */
const NUDGE = 8;
/** Presses closer together than this are one undo step. */
const NUDGE_PAUSE_MS = 400;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The keys of the picture: arrows move what is selected, zoom and fit work wherever the focus is. Keys typed into a
 * field, or while a dialog is open, are left alone. The page's other keys are in `page-keys`.
 */
export function useCanvasKeys(root: RefObject<HTMLElement | null>): void {
  const nudge = useNudge();
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  const flow = useStoreApi();
  const giveUp = (): void => {
    drawnState.setState({ chosen: new Set() });
    flow.setState({ connectionClickStartHandle: null });
    endConnecting();
  };
  const workspace = useWorkspace();
  const t = useText();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event) || isComposing(event) || page.getState().dialog) return;
    const target = event.target instanceof Element ? event.target : null;
    const onCanvas =
      target === document.body || (root.current?.contains(target) === true && !target?.closest('button, .minimap'));
    const arrow = ARROWS[event.key];
    const duration = motionMs();
    const edge = page.getState().edge;
    const { chosen } = drawnState.getState();
    if (event.key === 'Escape') giveUp();
    if ((event.key === 'Delete' || event.key === 'Backspace') && chosen.size > 0 && onCanvas) {
      // Objects that are chosen as well are left to the page, which may have to ask.
      erase([...chosen], workspace, t);
      if (workspace.store.getState().selection.size > 0) return;
      event.preventDefault();
      return event.stopPropagation();
    }
    if ((event.key === 'Delete' || event.key === 'Backspace') && edge !== undefined && onCanvas) {
      event.preventDefault();
      event.stopPropagation();
      return deleteEdge(edge, workspace, t);
    }
    const modifier = hasModifier(event);
    if (arrow && onCanvas && !modifier && !event.altKey) {
      if (!nudge(arrow, event.shiftKey ? NUDGE * 5 : NUDGE)) return;
    } else if (modifier && (event.key === '+' || event.key === '=')) void zoomIn({ duration });
    else if (modifier && event.key === '-') void zoomOut({ duration });
    else if (modifier && event.key === '0') void zoomTo(1, { duration });
    else if (
      (event.key === 'F2' || event.key === 'Enter') &&
      chosen.size === 1 &&
      onCanvas &&
      writeText([...chosen][0]!)
    ) {
      // The field that opens takes what is typed.
    } else if (
      !((event.key === 'Enter' || event.key === ' ') && (chooseEdge(target, workspace) || openGhost(target, workspace)))
    )
      return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    // Before React Flow, which would move a card by itself and outside the history.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

/** Opens the text of something drawn for writing. */
function writeText(id: PlacementKey): boolean {
  if (id === LEGEND_KEY) return false;
  drawnState.setState({ editing: id });
  return true;
}

function chooseEdge(target: Element | null, workspace: Workspace): boolean {
  const id = target?.closest('.react-flow__edge')?.getAttribute('data-id');
  if (!id) return false;
  workspace.select([]);
  page.setState({ edge: id });
  return true;
}

function erase(keys: readonly PlacementKey[], workspace: Workspace, t: Text): void {
  const { picture } = workspace.store.getState();
  if (runCommand(workspace, COMMANDS.eraseDrawn, { picture, keys }, t)) return;
  drawnState.setState({ chosen: new Set() });
  page.setState({ edge: undefined });
}

/** The line goes with every reference that it stands for. */
function deleteEdge(id: string, workspace: Workspace, t: Text): void {
  if (isDrawnKey(id)) return erase([id], workspace, t);
  const references = workspace.store.getState().scene.edges.find((edge) => edge.id === id)?.references;
  if (!references || runCommand(workspace, COMMANDS.disconnectReferences, { references }, t)) return;
  page.setState({ edge: undefined });
}

/** A missing object that has the focus asks what to do about it. */
function openGhost(target: Element | null, workspace: Workspace): boolean {
  const id = target?.matches('.react-flow__node') ? target.getAttribute('data-id') : null;
  const card = workspace.store.getState().scene.cards.find((one) => one.ghost && one.id === id);
  if (card) openCard(card);
  return card !== undefined;
}

/** Moves the selected cards and what is chosen of the drawn; many presses in a row become one step of history. */
function useNudge(): (direction: readonly [number, number], distance: number) => boolean {
  const workspace = useWorkspace();
  const t = useText();
  const { getNode, setNodes } = useReactFlow<CanvasNode>();
  const moved = useRef(new Map<PlacementKey, Placement>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  return useCallback(
    ([dx, dy], distance) => {
      const { selection: chosenRecords, picture, scene } = workspace.store.getState();
      const drawn = [...drawnState.getState().chosen].filter((id) => getNode(id) !== undefined);
      // Cards of the Cluster picture lie where the plan puts them.
      const selection = picture === 'cluster' ? new Set<string>() : chosenRecords;
      if (selection.size + drawn.length === 0) return false;
      const locked = new Set(scene.cards.flatMap((card) => (card.locked ? [card.id] : [])));
      for (const id of selection) {
        if (locked.has(id)) continue;
        const at = moved.current.get(id) ?? getNode(id)?.position;
        if (at) moved.current.set(id, { x: Math.max(12, at.x + dx * distance), y: Math.max(40, at.y + dy * distance) });
      }
      for (const id of drawn) {
        const at = moved.current.get(id) ?? getNode(id)?.position;
        if (at) moved.current.set(id, { x: at.x + dx * distance, y: at.y + dy * distance });
      }
      setNodes((nodes) =>
        nodes.map((node) => (moved.current.has(node.id) ? { ...node, position: moved.current.get(node.id)! } : node)),
      );
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const placements = moved.current;
        moved.current = new Map();
        runCommand(workspace, COMMANDS.movePlacements, { picture, placements }, t);
      }, NUDGE_PAUSE_MS);
      return true;
    },
    [workspace, getNode, setNodes, t],
  );
}
