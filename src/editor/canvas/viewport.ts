import { useReactFlow, useStore } from '@xyflow/react';
import type { Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Picture } from '../../design/design.ts';
import type { Scene } from '../../scene/scene.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { useShownScene } from './view/view-store.ts';
import { jumpTo, MANY_CARDS } from './far-out.ts';
import { boundsOf, cardBoxes } from './geometry.ts';
import type { Box } from './geometry.ts';

/** Text is still read without effort at this zoom; nothing but the person goes below it. */
const READABLE_ZOOM = 0.75;
/** Where the whole says more than each name: which Pods share which Nodes. */
const OVERVIEW_ZOOM = 0.4;
const MARGIN = 32;

export function sceneBounds(scene: Scene): Box | undefined {
  return boundsOf([...scene.frames, ...cardBoxes(scene).values()]);
}

/** The view that shows a box whole, or its top left part where whole would be smaller than `least`. */
export function viewOf(box: Box, width: number, height: number, least: number, most = 1): Viewport {
  const whole = Math.min((width - 2 * MARGIN) / box.width, (height - 2 * MARGIN) / box.height);
  const zoom = Math.max(least, Math.min(most, whole));
  const along = (start: number, size: number, room: number) =>
    size * zoom <= room - MARGIN ? (room - size * zoom) / 2 - start * zoom : MARGIN - start * zoom;
  return { zoom, x: along(box.x, box.width, width), y: along(box.y, box.height, height) };
}

/** Shows everything when a person asks for it, however small. */
export function useFitAll(): () => void {
  const { setViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const scene = useShownScene();
  return () => {
    const box = sceneBounds(scene);
    if (!box) return;
    const view = viewOf(box, width, height, 0.01);
    jumpTo(view.zoom, scene.cards.length, () => void setViewport(view, { duration: travelMs(scene) }));
  };
}

/**
 * How long a journey across the picture takes: none where motion is not wanted, or where it would mount thousands of
 * cards on its way through the zooms.
 */
export function travelMs(scene: Scene): number {
  return scene.cards.length > MANY_CARDS ? 0 : motionMs();
}

export function motionMs(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200;
}

/** Only the Cluster picture has Nodes, and it always has some. */
function pictureOf(scene: Scene): Picture {
  return scene.frames.some(({ kind }) => kind === 'node') ? 'cluster' : 'application';
}

/**
 * Shows a scene the first time it has cards, and after each import; otherwise the view is the person's. Each picture is
 * seen again as it was left. `largest`: the zoom at which a small picture is shown; the smallest grows with it.
 */
export function useViewport(root: RefObject<HTMLElement | null>, largest: number): void {
  const { getViewport, setViewport } = useReactFlow();
  const scene = useShownScene();
  const picture = pictureOf(scene);
  const shown = useRef(picture);
  const left = useRef(new Map<Picture, Viewport>());
  const imported = useWorkspaceState((state) => state.import.status);
  const wanted = useRef(true);
  /** The view that was chosen last without the person. */
  const automatic = useRef<Viewport | undefined>(undefined);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  useEffect(() => {
    if (imported === 'running') wanted.current = true;
  }, [imported]);
  useEffect(() => {
    if (picture === shown.current) return;
    left.current.set(shown.current, getViewport());
    shown.current = picture;
    const before = left.current.get(picture);
    if (before) void setViewport(before);
    else wanted.current = true;
  }, [picture, getViewport, setViewport]);
  useEffect(() => {
    if (scene.cards.length === 0) {
      wanted.current = true;
      return;
    }
    const box = sceneBounds(scene);
    const size = root.current?.getBoundingClientRect();
    if (!wanted.current || imported === 'running' || !box || !size) return;
    wanted.current = false;
    automatic.current = viewOf(box, size.width, size.height, leastZoom(picture) * largest, largest);
    void setViewport(automatic.current);
  }, [scene, picture, imported, root, setViewport, largest]);
  useEffect(() => {
    // A pane that opens takes room: who has not moved the picture goes on seeing all of it.
    const box = sceneBounds(scene);
    if (!automatic.current || !box || width === 0 || !isSame(getViewport(), automatic.current)) return;
    automatic.current = viewOf(box, width, height, leastZoom(picture) * largest, largest);
    void setViewport(automatic.current);
    // Only a change of the room is answered; what comes into the scene moves nothing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [width, height]);
}

function leastZoom(picture: Picture): number {
  return picture === 'cluster' ? OVERVIEW_ZOOM : READABLE_ZOOM;
}

function isSame(a: Viewport, b: Viewport): boolean {
  return Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1 && Math.abs(a.zoom - b.zoom) < 0.001;
}
