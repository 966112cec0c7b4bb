import { useReactFlow, useStore } from '@xyflow/react';
import { useCallback } from 'react';
import { hashOf } from '../../../base/hash.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import { LEGEND_KEY, OUTSIDERS, TITLE_KEY, drawnData } from '../../../design/drawn.ts';
import type { ActorKind, Drawn } from '../../../design/drawn.ts';
import type { Placement, PlacementKey } from '../../../design/design.ts';
import type { Workspace } from '../../../workspace/workspace.ts';
import { useText } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import { runCommand } from '../../run-command.ts';
import { useWorkspace } from '../../workspace-context.ts';
import type { Point, Scene } from '../../../scene/scene.ts';
import { boundsOf, cardBoxes, overlaps } from '../geometry.ts';
import { shownScene, view } from '../view/view-store.ts';
import { drawnState } from './drawn-state.ts';

/** Draws something in the middle of the view; it is chosen, and its text can be written at once. */
export function useDraw(): (type: 'note' | 'actor' | 'title' | 'legend', what?: ActorKind) => void {
  const workspace = useWorkspace();
  const t = useText();
  const { screenToFlowPosition } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const domNode = useStore((state) => state.domNode);
  return useCallback(
    (type, what = 'user') => {
      const { design, picture, scene } = workspace.store.getState();
      const left = domNode?.getBoundingClientRect();
      const middle = screenToFlowPosition({ x: (left?.x ?? 0) + width / 2, y: (left?.y ?? 0) + height / 2 });
      const room = freeSpot(shownScene(workspace.store.getState(), view.getState()), middle);
      const box = boundsOf(scene.frames);
      const above = box ? { x: box.x, y: box.y - 72 } : middle;
      const beside = box ? { x: box.x + box.width + 40, y: box.y } : middle;
      const [drawn, at]: readonly [Drawn, { readonly x: number; readonly y: number }] =
        type === 'note'
          ? [{ type, text: '' }, room]
          : type === 'actor'
            ? [{ type, what, text: isOutsider(what) ? t(`canvas:actor.${what}`) : what }, room]
            : type === 'title'
              ? [{ type, text: '' }, above]
              : [{ type }, beside];
      const key = keyOf(type, design.placements[picture], design.nextId);
      put(workspace, key, { ...at, drawn: drawnData(drawn) }, t);
      drawnState.setState({ chosen: new Set([key]), editing: type === 'legend' ? undefined : key });
    },
    [workspace, t, screenToFlowPosition, width, height, domNode],
  );
}

function isOutsider(what: ActorKind): what is (typeof OUTSIDERS)[number] {
  return OUTSIDERS.some((known) => known === what);
}

/** The place nearest to a point where a note covers no card and nothing drawn. */
function freeSpot(scene: Scene, { x, y }: Point): Point {
  const boxes = [...cardBoxes(scene).values()];
  const isFree = (at: Point): boolean => {
    const box = { x: at.x - CLEAR, y: at.y - CLEAR, width: 200 + 2 * CLEAR, height: 96 + 2 * CLEAR };
    return !boxes.some((other) => overlaps(other, box));
  };
  for (let ring = 0; ring < 40; ring++) {
    for (let side = -ring; side <= ring; side++) {
      const tries = [
        { x: x + side * STEP, y: y + ring * STEP },
        { x: x + side * STEP, y: y - ring * STEP },
        { x: x + ring * STEP, y: y + side * STEP },
        { x: x - ring * STEP, y: y + side * STEP },
      ];
      const free = tries.find(isFree);
      if (free) return free;
    }
  }
  return { x, y };
}

const CLEAR = 12;
const STEP = 40;

/** Keys do not say what number a thing is: two designs that come together seldom have the same. */
function keyOf(type: string, taken: ReadonlyMap<PlacementKey, Placement>, nextId: number): PlacementKey {
  if (type === 'title') return TITLE_KEY;
  if (type === 'legend') return LEGEND_KEY;
  for (let number = taken.size; ; number++) {
    const key = `${type}:${(hashOf(`${type} ${nextId} ${number}`).low >>> 0).toString(36)}`;
    if (!taken.has(key)) return key;
  }
}

export function put(workspace: Workspace, key: PlacementKey, placement: Placement, t: Text): void {
  const { picture } = workspace.store.getState();
  runCommand(workspace, COMMANDS.movePlacements, { picture, placements: new Map([[key, placement]]) }, t);
}

/** Draws an arrow that stands in no manifest. */
export function drawArrow(workspace: Workspace, from: PlacementKey, to: PlacementKey, t: Text): void {
  const { design, picture } = workspace.store.getState();
  const key = keyOf('arrow', design.placements[picture], design.nextId);
  put(workspace, key, { x: 0, y: 0, drawn: drawnData({ type: 'arrow', from, to, text: '' }) }, t);
}
