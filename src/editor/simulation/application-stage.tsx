import { useEffect } from 'react';
import { Canvas } from '../canvas/canvas.tsx';
import { usePageKeys } from '../page-keys.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

/** The Application picture itself, with what runs on its cards; it is changed as ever, and so the cluster is. */
export function ApplicationStage() {
  const workspace = useWorkspace();
  const picture = useWorkspaceState((state) => state.picture);
  usePageKeys();
  useEffect(() => {
    if (picture !== 'application') workspace.showPicture('application');
  }, [workspace, picture]);
  if (picture !== 'application') return null;
  return (
    <div className="sim-application">
      <Canvas />
    </div>
  );
}
