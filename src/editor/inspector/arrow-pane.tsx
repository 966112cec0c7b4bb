import { Trash2 } from 'lucide-react';
import { COMMANDS } from '../../design/commands/index.ts';
import { drawnData, drawnOf } from '../../design/drawn.ts';
import type { PlacementKey } from '../../design/design.ts';
import { Button } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { page } from '../page-state.ts';
import { runCommand } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { Overview } from './overview.tsx';

/** An arrow that a person drew: its words, and that no manifest knows of it. */
export function ArrowPane({ id }: { readonly id: PlacementKey }) {
  const t = useText();
  const workspace = useWorkspace();
  const picture = useWorkspaceState((state) => state.picture);
  const placement = useWorkspaceState(({ design }) => design.placements[picture].get(id));
  const drawn = placement && drawnOf(id, placement);
  if (!placement || drawn?.type !== 'arrow') return <Overview />;
  const write = (text: string): void => {
    if (text === drawn.text) return;
    const placements = new Map([[id, { ...placement, drawn: drawnData({ ...drawn, text }) }]]);
    runCommand(workspace, COMMANDS.movePlacements, { picture, placements }, t);
  };
  return (
    <div className="inspector">
      <header className="inspector-head">
        <div className="inspector-words">
          <h2>{t('canvas:line.drawn')}</h2>
          <p className="quiet">{t('inspector:arrowNote')}</p>
        </div>
      </header>
      <div className="edge-references">
        <label className="field">
          <span className="field-label">{t('canvas:drawnText')}</span>
          <input key={id} className="input" defaultValue={drawn.text} onBlur={(event) => write(event.target.value)} />
        </label>
        <Button
          small
          onPress={() => {
            if (!runCommand(workspace, COMMANDS.eraseDrawn, { picture, keys: [id] }, t))
              page.setState({ edge: undefined });
          }}
        >
          <Trash2 size={14} aria-hidden /> {t('commands:delete')}
        </Button>
      </div>
    </div>
  );
}
