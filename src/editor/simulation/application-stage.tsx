import { memo, useEffect } from 'react';
import { Canvas } from '../canvas/canvas.tsx';
import { useText } from '../i18n.ts';
import { usePageKeys } from '../page-keys.ts';
import { usePane } from './pane-state.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

/** Names of 13 px are never less than 24 px high, unless somebody zooms out. */
const HALL_ZOOM = 2.47;

/** The Application picture itself, with what runs on its cards; it is changed as ever, and so the cluster is. */
export const ApplicationStage = memo(function ApplicationStage({ isPaused }: { readonly isPaused: boolean }) {
  const t = useText();
  const workspace = useWorkspace();
  const picture = useWorkspaceState((state) => state.picture);
  const projector = usePane((state) => state.projector);
  usePageKeys();
  useEffect(() => {
    if (picture !== 'application') workspace.showPicture('application');
  }, [workspace, picture]);
  if (picture !== 'application') return null;
  return (
    <div className="sim-application">
      {/* What is large is fitted anew. */}
      <Canvas key={projector ? 'hall' : 'desk'} largest={projector ? HALL_ZOOM : 1} />
      {isPaused && !projector && <p className="sim-paused-note">{t('rehearsal:pausedEdits')}</p>}
    </div>
  );
});
