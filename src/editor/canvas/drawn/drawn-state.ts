import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { PlacementKey } from '../../../design/design.ts';

/** Which drawn things are chosen, and whose text is being written. */
interface DrawnState {
  readonly chosen: ReadonlySet<PlacementKey>;
  readonly editing: PlacementKey | undefined;
}

export const drawnState = createStore<DrawnState>(() => ({ chosen: new Set<PlacementKey>(), editing: undefined }));

export function useDrawnState<Value>(select: (state: DrawnState) => Value): Value {
  return useStore(drawnState, select);
}
