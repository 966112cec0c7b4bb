import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { settings } from '../settings.ts';
import { useWorkspace } from '../workspace-context.ts';

/** Tells the workspace which lints the person wants asked, from the start and whenever that changes. */
export function useLintSwitches(): void {
  const workspace = useWorkspace();
  const switches = useStore(settings, ({ lints }) => lints);
  const told = useRef('{"on":[],"off":[]}');
  useEffect(() => {
    const now = JSON.stringify(switches);
    if (now === told.current) return;
    told.current = now;
    workspace.switchLints(switches);
  }, [workspace, switches]);
}
