import { useStore } from 'zustand';
import { settings } from '../settings.ts';
import { useWorkspaceState } from '../workspace-context.ts';

/** Until a person decides, the dock is open when it has something to say: an empty list only takes room. */
export function useDockOpen(): boolean {
  const chosen = useStore(settings, ({ dockOpen }) => dockOpen);
  const hasProblems = useWorkspaceState(({ problems }) => problems.length > 0);
  return chosen ?? hasProblems;
}
