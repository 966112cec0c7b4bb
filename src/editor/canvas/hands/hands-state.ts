import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Guide } from './snap.ts';

/** What the hands hold and see; none of it is the design's, so none of it is undone. */
interface Hands {
  /** With the hand, the pointer moves the paper instead of choosing. */
  readonly tool: 'select' | 'hand';
  /** Cards are pulled onto the lines of others; the grid has steps of 8. */
  readonly snap: 'objects' | 'grid' | 'off';
  /** Shown while a card is pulled. */
  readonly guides: readonly Guide[];
  /** The open menu: where on the screen, and on what. */
  readonly menu: CanvasMenu | undefined;
}

interface CanvasMenu {
  /** Client pixels. */
  readonly x: number;
  readonly y: number;
  readonly on: 'card' | 'ghost' | 'frame' | 'edge' | 'paper' | 'drawn';
  readonly id: string;
}

export const hands = createStore<Hands>(() => ({ tool: 'select', snap: 'objects', guides: [], menu: undefined }));

export function useHands<Value>(select: (state: Hands) => Value): Value {
  return useStore(hands, select);
}
