import { createContext, startTransition, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Design } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import type { Scene } from '../scene/scene.ts';
import type { Workspace, WorkspaceState } from '../workspace/workspace.ts';

export const WorkspaceContext = createContext<Workspace | undefined>(undefined);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('no workspace around this component');
  return workspace;
}

/** Reads a part of the state; the component is drawn again only when that part is another value. */
export function useWorkspaceState<Value>(select: (state: WorkspaceState) => Value): Value {
  return useStore(useWorkspace().store, select);
}

/** From so many objects on a change takes longer to draw than a key may wait. */
const LARGE = 500;

export function isLarge({ design }: WorkspaceState): boolean {
  return design.records.size > LARGE;
}

/**
 * The same for what takes long to draw: of a large design a new value is drawn in slices of time between which a person
 * may type, so for a moment it is older than the state. `select` stays the same from one drawing to the next.
 */
export function useWorkspaceStateSoon<Value>(select: (state: WorkspaceState) => Value): Value {
  const { store } = useWorkspace();
  const [value, setValue] = useState(() => select(store.getState()));
  useEffect(() => {
    const follow = (): void => {
      const state = store.getState();
      const next = select(state);
      if (isLarge(state)) startTransition(() => setValue(() => next));
      else setValue(() => next);
    };
    follow();
    return store.subscribe(follow);
  }, [store, select]);
  return value;
}

export const designOf = ({ design }: WorkspaceState): Design => design;
export const problemsOf = ({ problems }: WorkspaceState): readonly Problem[] => problems;
export const sceneOf = ({ scene }: WorkspaceState): Scene => scene;
