import { SquarePen, Trash2, Unplug } from 'lucide-react';
import { COMMANDS } from '../../design/commands/index.ts';
import { Button } from '../../kit/button.tsx';
import type { Workspace } from '../../workspace/workspace.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { page, reveal } from '../page-state.ts';
import { ReferenceLines } from '../reference-lines.tsx';
import { runCommand } from '../run-command.ts';
import { useShownScene } from '../canvas/view/view-store.ts';
import { useWorkspace } from '../workspace-context.ts';
import { Overview } from './overview.tsx';

/** One edge: both ends, and each reference it stands for with the lines it comes from. */
export function EdgePane({ id }: { readonly id: string }) {
  const t = useText();
  const workspace = useWorkspace();
  const { edges, cards } = useShownScene();
  const edge = edges.find((candidate) => candidate.id === id);
  if (!edge) return <Overview />;
  const ends = [edge.from, edge.to].map((end) => cards.find((card) => card.id === end));
  return (
    <div className="inspector">
      <header className="inspector-head">
        <div className="inspector-words">
          <h2>{t(`canvas:line.${edge.line}`)}</h2>
          <p className="quiet">{t('inspector:references', { count: edge.references.length })}</p>
        </div>
      </header>
      <ul className="relation-list">
        {ends.map((card, at) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} className="edge-end">
            <span className="quiet">{at === 0 ? t('inspector:from') : t('inspector:to')}</span>
            {card && (
              <button
                type="button"
                className="relation-target"
                disabled={card.ghost}
                onClick={() => {
                  if (card.record === undefined) return;
                  workspace.select([card.record]);
                  reveal(card.record);
                }}
              >
                <KindIcon kind={card} category={card.category} />
                <b>{visibleText(card.name)}</b>
                <span className="quiet">{card.kind}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      <div className="edge-references">
        {edge.references.map((index) => (
          <div key={index} className="edge-reference">
            <ReferenceLines index={index} />
            <Button small onPress={() => editLines(workspace, index)}>
              <SquarePen size={14} aria-hidden /> {t('inspector:editLines')}
            </Button>
            <Button
              small
              onPress={() => {
                const reference = workspace.store.getState().graph.at(index);
                if (reference) runCommand(workspace, COMMANDS.disconnectReference, { reference }, t);
              }}
            >
              <Unplug size={14} aria-hidden /> {t('commands:disconnect')}
            </Button>
          </div>
        ))}
        {edge.references.length > 1 && (
          <Button
            small
            onPress={() => {
              const { references } = edge;
              if (!runCommand(workspace, COMMANDS.disconnectReferences, { references }, t))
                page.setState({ edge: undefined });
            }}
          >
            <Trash2 size={14} aria-hidden /> {t('canvas:deleteEdge', { count: edge.references.length })}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Shows the text of the object that points, at the lines that do it. */
function editLines(workspace: Workspace, index: number): void {
  const reference = workspace.store.getState().graph.at(index);
  if (!reference) return;
  const { from: record, declaration } = reference;
  workspace.select([record]);
  page.setState(({ field }) => ({
    edge: undefined,
    inspectorTab: 'yaml',
    field: { record, path: declaration.field, request: (field?.request ?? 0) + 1 },
  }));
}
