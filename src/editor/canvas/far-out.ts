import { useStore } from '@xyflow/react';
import { useMemo } from 'react';
import { useStore as useVanillaStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { cardBoxes } from './geometry.ts';
import type { Box } from './geometry.ts';
import { useShownScene } from './view/view-store.ts';

/** Below this zoom text is no longer read, and elements only cost time, once there are more than a few. */
const FAR_OUT_ZOOM = 0.35;
const FEW_CARDS = 40;
/** More cards than this in sight are too many elements at any zoom. */
const MOST_ELEMENTS = 400;
/** With more cards than this, journeys through the zooms would mount too many of them on the way. */
export const MANY_CARDS = 400;

/** A jump to a far view is on its way: cards are taken down before it, or all of them would be mounted for a moment. */
const leaving = createStore<{ readonly now: boolean }>(() => ({ now: false }));

/** Whether the picture is drawn on one canvas element instead of as cards. */
export function useFarOut(): boolean {
  const scene = useShownScene();
  const boxes = useMemo(() => [...cardBoxes(scene).values()], [scene]);
  const far = useStore(({ transform: [x, y, zoom], width, height }) => {
    const most = zoom < FAR_OUT_ZOOM ? FEW_CARDS : MOST_ELEMENTS;
    if (boxes.length <= most) return false;
    return hasMore(boxes, { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }, most);
  });
  const isLeaving = useVanillaStore(leaving, (state) => state.now);
  return far || isLeaving;
}

/** Whether more than so many boxes are in sight. */
function hasMore(boxes: readonly Box[], view: Box, most: number): boolean {
  const [right, bottom] = [view.x + view.width, view.y + view.height];
  let seen = 0;
  for (const { x, y, width, height } of boxes)
    if (x < right && y < bottom && x + width > view.x && y + height > view.y && ++seen > most) return true;
  return false;
}

/** Changes the view to a zoom; the cards of a large picture are out of the way before a far view is shown. */
export function jumpTo(zoom: number, cards: number, jump: () => void): void {
  if (zoom >= FAR_OUT_ZOOM || cards <= MANY_CARDS) return jump();
  leaving.setState({ now: true });
  // One frame to take the cards down, one for the view to change.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      jump();
      requestAnimationFrame(() => leaving.setState({ now: false }));
    }),
  );
}
