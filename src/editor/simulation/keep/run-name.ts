import { useShelfState } from '../../shelf-context.ts';
import { useWorkspaceState } from '../../workspace-context.ts';

/** What a run is called: as its design, or as the first object in it. */
export function useRunName(): string {
  const own = useShelfState((state) => state.name);
  const first = useWorkspaceState(({ design }) => design.records.values().next().value?.object);
  const metadata = first?.['metadata'];
  const name = typeof metadata === 'object' && metadata !== null && 'name' in metadata ? metadata.name : undefined;
  return own !== '' ? own : typeof name === 'string' ? name : 'run';
}
