import { COMMANDS } from '../../design/commands/index.ts';
import type { RecordId } from '../../design/design.ts';
import { useText } from '../i18n.ts';
import { refusalText } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { FormDialog } from './form-dialog.tsx';
import { namespacesOf } from './namespaces.ts';

export function MoveDialog({ records }: { readonly records: readonly RecordId[] }) {
  const t = useText();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  return (
    <FormDialog
      title={t('dialogs:moveTitle', { count: records.length })}
      label={t('canvas:namespace')}
      start={design.records.get(records[0] ?? '')?.namespace ?? ''}
      action={t('commands:move')}
      suggestions={namespacesOf(design)}
      onSubmit={(namespace) => {
        const refusal = workspace.run(COMMANDS.moveToNamespace, { records, namespace });
        return refusal && refusal.refused !== 'command.noChange' ? refusalText(t, refusal) : undefined;
      }}
    >
      <p className="quiet">{t('dialogs:moveNote')}</p>
    </FormDialog>
  );
}
