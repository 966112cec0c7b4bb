import { CopyPlus, FolderInput, MousePointerClick, Trash2 } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { nameOf } from '../../../apimachinery/object.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import type { RecordId } from '../../../design/design.ts';
import { Button } from '../../../kit/button.tsx';
import { visibleText } from '../../../kit/visible-text.ts';
import { askToDelete } from '../../dialogs/ask-to-delete.ts';
import { useText } from '../../i18n.ts';
import { KindIcon } from '../../icons/kind-icon.tsx';
import { openDialog, reveal } from '../../page-state.ts';
import { runCommand } from '../../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';

const SeveralForm = lazy(() => import('./several-form.tsx'));

const MOST_LISTED = 200;
/** Objects that are compared field by field. */
const MOST_EDITED = 500;

/** Several objects: what can be done with all of them, what they have in common, and which they are. */
export function SeveralPane({ selection }: { readonly selection: ReadonlySet<RecordId> }) {
  const ids = useMemo(() => [...selection], [selection]);
  const t = useText();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  const records = useMemo(() => ids.flatMap((id) => design.records.get(id) ?? []), [ids, design]);
  return (
    <div className="inspector">
      <header className="inspector-head">
        <div className="inspector-words">
          <h2>{t('inspector:several', { count: ids.length })}</h2>
        </div>
      </header>
      <div className="several-actions">
        <Button small onPress={() => runCommand(workspace, COMMANDS.duplicateRecords, { records: ids }, t)}>
          <CopyPlus size={14} aria-hidden /> {t('commands:duplicate')}
        </Button>
        <Button small onPress={() => openDialog({ type: 'move', records: ids })}>
          <FolderInput size={14} aria-hidden /> {t('commands:move')}
        </Button>
        <Button small onPress={() => askToDelete(workspace, ids, t)}>
          <Trash2 size={14} aria-hidden /> {t('commands:delete')}
        </Button>
      </div>
      {records.length <= MOST_EDITED && (
        <Suspense fallback={null}>
          <SeveralForm records={records} />
        </Suspense>
      )}
      <ul className="relation-list">
        {ids.slice(0, MOST_LISTED).map((id) => {
          const record = design.records.get(id);
          if (!record) return null;
          const definition = registry.of(record.object);
          return (
            <li key={id}>
              <button
                type="button"
                className="relation-target"
                onClick={() => {
                  workspace.select([id]);
                  reveal(id);
                }}
              >
                <KindIcon kind={definition} category={definition.category} />
                <b>{visibleText(nameOf(record.object))}</b>
                <span className="quiet">{record.object.kind}</span>
              </button>
            </li>
          );
        })}
        {ids.length > MOST_LISTED && (
          <li className="quiet">{t('inspector:moreFields', { count: ids.length - MOST_LISTED })}</li>
        )}
      </ul>
      <p className="inspector-tip quiet">
        <MousePointerClick size={14} aria-hidden /> {t('inspector:severalTip')}
      </p>
    </div>
  );
}
