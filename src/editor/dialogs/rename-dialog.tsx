import { nameOf } from '../../apimachinery/object.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import type { RecordId } from '../../design/design.ts';
import { useText } from '../i18n.ts';
import { refusalText } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { FormDialog } from './form-dialog.tsx';

/** A new name; every reference by name follows. */
export function RenameDialog({ id }: { readonly id: RecordId }) {
  const t = useText();
  const workspace = useWorkspace();
  const record = useWorkspaceState(({ design }) => design.records.get(id));
  const followers = useWorkspaceState(
    ({ graph }) => graph.incoming(id).filter(({ declaration }) => declaration.target.by === 'name').length,
  );
  if (!record) return null;
  return (
    <FormDialog
      title={t('dialogs:renameTitle', { kind: record.object.kind })}
      label={t('dialogs:name')}
      start={nameOf(record.object)}
      action={t('commands:rename')}
      onSubmit={(name) => {
        const refusal = workspace.run(COMMANDS.renameRecord, { record: id, name });
        return refusal && refusal.refused !== 'command.noChange' ? refusalText(t, refusal) : undefined;
      }}
    >
      {followers > 0 && <p className="quiet">{t('dialogs:renameFollows', { count: followers })}</p>}
    </FormDialog>
  );
}
