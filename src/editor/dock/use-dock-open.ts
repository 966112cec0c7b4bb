import { useStore } from 'zustand';
import { usePage } from '../page-state.ts';
import { settings } from '../settings.ts';
import { useWorkspaceState } from '../workspace-context.ts';

/** Until a person decides, the dock is open when it has something to say: an empty list only takes room. */
export function useDockOpen(): boolean {
  const chosen = useStore(settings, ({ dockOpen }) => dockOpen);
  const hasProblems = useWorkspaceState(({ problems }) => problems.some(({ severity }) => severity !== 'info'));
  const welcome = usePage((state) => state.welcome);
  return chosen ?? (hasProblems && !welcome);
}
