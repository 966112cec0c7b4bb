import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The edge under the pointer or the keyboard focus, and where on the screen it was met (client pixels). */
export interface Hover {
  readonly edge: string | undefined;
  readonly x: number;
  readonly y: number;
}

export const hover = createStore<Hover>(() => ({ edge: undefined, x: 0, y: 0 }));

export function useHover<Value>(select: (state: Hover) => Value): Value {
  return useStore(hover, select);
}
