import { applyNodeChanges, useReactFlow } from '@xyflow/react';
import type { NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import { isDrawnKey } from '../../design/drawn.ts';
import { useText } from '../i18n.ts';
import { page } from '../page-state.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { flowNodeBuilder } from './flow-nodes.ts';
import { snapChanges } from './hands/snap-changes.ts';
import { useShownScene } from './view/view-store.ts';
import { drawnState, useDrawnState } from './drawn/drawn-state.ts';
import type { CanvasNode } from './flow-nodes.ts';
import { nodeWords } from './node-words.ts';

interface CanvasNodes {
  readonly nodes: CanvasNode[];
  readonly onNodesChange: (changes: NodeChange<CanvasNode>[]) => void;
  readonly settle: () => void;
}

/** The nodes React Flow draws: those of the scene, moved while a drag goes on. Selection lives in the workspace. */
export function useCanvasNodes(): CanvasNodes {
  const workspace = useWorkspace();
  const scene = useShownScene();
  const selection = useWorkspaceState((state) => state.selection);
  const t = useText();
  const { getZoom } = useReactFlow();
  const chosenDrawn = useDrawnState((state) => state.chosen);
  const [builder] = useState(flowNodeBuilder);
  const words = useMemo(() => nodeWords(t), [t]);
  const built = useMemo(
    () => builder(scene, selection, chosenDrawn, words),
    [builder, scene, selection, chosenDrawn, words],
  );
  const [moved, setMoved] = useState({ base: built, nodes: built });
  // A drag belongs to the scene it began in; a new scene ends it.
  const nodes = moved.base === built ? moved.nodes : built;

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const pulled = changes.filter(({ type }) => type === 'position' || type === 'replace');
      if (pulled.length > 0) {
        const positions = snapChanges(pulled, workspace.store.getState().scene, getZoom());
        setMoved((now) => ({
          base: built,
          nodes: applyNodeChanges(positions, now.base === built ? now.nodes : built),
        }));
      }
      const chosen = changes.filter((change) => change.type === 'select');
      if (chosen.length === 0) return;
      const { selection: before, scene: shown } = workspace.store.getState();
      const next = new Set(before);
      // Several cards may stand for one record: what is chosen by one of them is not given up by another.
      const records = new Map(shown.cards.map((card) => [card.id, card.record]));
      chooseDrawn(chosen);
      for (const { id, selected } of chosen) if (!selected) next.delete(records.get(id) ?? '');
      for (const { id, selected } of chosen) if (selected) next.add(records.get(id) ?? '');
      next.delete('');
      if (next.size === before.size && [...next].every((id) => before.has(id))) return;
      if (next.size > 0) page.setState({ edge: undefined });
      workspace.select([...next]);
    },
    [workspace, built, getZoom],
  );
  /** Shows everything where the scene has it: a drag that changed nothing goes back. */
  const settle = useCallback(() => {
    setMoved((now) => (now.base === built ? { base: built, nodes: built } : now));
  }, [built]);
  return { nodes, onNodesChange, settle };
}

/** What is drawn is chosen apart from the objects: it is no record. */
function chooseDrawn(changes: readonly { readonly id: string; readonly selected: boolean }[]): void {
  const drawn = changes.filter(({ id }) => isDrawnKey(id));
  if (drawn.length === 0) return;
  drawnState.setState(({ chosen }) => {
    const next = new Set(chosen);
    for (const { id, selected } of drawn) {
      if (selected) next.add(id);
      else next.delete(id);
    }
    return { chosen: next };
  });
}
