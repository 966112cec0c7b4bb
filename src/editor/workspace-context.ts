import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
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
