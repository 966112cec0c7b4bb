import { COMMANDS } from '../../design/commands/index.ts';
import type { SceneCard } from '../../scene/scene.ts';
import { useText } from '../i18n.ts';
import { openDialog } from '../page-state.ts';
import { runCommand } from '../run-command.ts';
import { useWorkspace } from '../workspace-context.ts';

const GHOST = 'ghost:';

/** What a missing object is called, as it is pointed at. */
export function ghostIdentity({ id }: SceneCard): string {
  return id.slice(GHOST.length);
}

/** Make what is missing, or point at something else. */
export function GhostActions({ card }: { readonly card: SceneCard }) {
  const t = useText();
  const workspace = useWorkspace();
  const identity = ghostIdentity(card);
  return (
    <div className="ghost-actions nodrag">
      <button
        type="button"
        className="link-button"
        onClick={() => runCommand(workspace, COMMANDS.createMissing, { identity }, t)}
      >
        {t('canvas:createGhost')}
      </button>
      <button type="button" className="link-button" onClick={() => openDialog({ type: 'ghost', identity })}>
        {t('canvas:pointGhost')}
      </button>
    </div>
  );
}
