import { useStore } from '@xyflow/react';
import { useStore as useVanillaStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useWorkspaceState } from '../workspace-context.ts';

/** Below this zoom, and with more cards than this, elements are too slow and too small to be of use. */
const FAR_OUT_ZOOM = 0.15;
export const MANY_CARDS = 800;

/** A jump to a far view is on its way: cards are taken down before it, or all of them would be mounted for a moment. */
const leaving = createStore<{ readonly now: boolean }>(() => ({ now: false }));

/** Whether the picture is drawn on one canvas element instead of as cards. */
export function useFarOut(): boolean {
  const many = useWorkspaceState(({ scene }) => scene.cards.length > MANY_CARDS);
  const far = useStore((state) => state.transform[2] < FAR_OUT_ZOOM);
  const isLeaving = useVanillaStore(leaving, (state) => state.now);
  return many && (far || isLeaving);
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
