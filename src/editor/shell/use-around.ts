import { useMemo } from 'react';
import { useText } from '../i18n.ts';
import { useShelf } from '../shelf-context.ts';
import { useSimulation } from '../simulation/simulation-context.ts';
import { useWorkspace } from '../workspace-context.ts';
import type { Around } from './actions.tsx';

export function useAround(): Around {
  const workspace = useWorkspace();
  const shelf = useShelf();
  const simulation = useSimulation();
  const t = useText();
  return useMemo(() => ({ workspace, shelf, simulation, t }), [workspace, shelf, simulation, t]);
}
