import { startTransition, useEffect, useState } from 'react';
import type { Design, RecordId } from '../../design/design.ts';
import type { Fix } from '../../design/fixes/fix.ts';
import { designOf, useWorkspace, useWorkspaceStateSoon } from '../workspace-context.ts';

interface Found {
  readonly design: Design;
  readonly id: RecordId;
  readonly fixes: readonly Fix[];
}

/** What an object can be converted to; undefined until that is known. */
export function useConversions(id: RecordId): readonly Fix[] | undefined {
  const workspace = useWorkspace();
  const design = useWorkspaceStateSoon(designOf);
  const [found, setFound] = useState<Found | undefined>(undefined);
  useEffect(() => {
    let current = true;
    const look = async () => {
      const { findConversions } = await import('./conversion-finder.ts');
      if (!current) return;
      const fixes = findConversions(id, workspace.store.getState());
      startTransition(() => setFound({ design, id, fixes }));
    };
    // Where they cannot be loaded nothing is offered.
    look().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [workspace, design, id]);
  return found && found.design === design && found.id === id ? found.fixes : undefined;
}
