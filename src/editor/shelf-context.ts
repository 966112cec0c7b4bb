import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Shelf, ShelfState } from '../workspace/saving/shelf.ts';

export const ShelfContext = createContext<Shelf | undefined>(undefined);

/** Where designs are kept in this browser. */
export function useShelf(): Shelf {
  const shelf = useContext(ShelfContext);
  if (!shelf) throw new Error('no shelf around this component');
  return shelf;
}

export function useShelfState<Value>(select: (state: ShelfState) => Value): Value {
  return useStore(useShelf().state, select);
}
