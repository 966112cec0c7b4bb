import { labelsOf } from '../../apimachinery/object.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import { GROUP_LABEL } from '../../design/commands/group-records.ts';
import type { RecordId } from '../../design/design.ts';
import { view } from '../canvas/view/view-store.ts';
import { useText } from '../i18n.ts';
import { refusalText } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { FormDialog } from './form-dialog.tsx';

/** The name that objects are to have in common; boxes then stand around what has one. */
export function GroupDialog({ records }: { readonly records: readonly RecordId[] }) {
  const t = useText();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const names = [...design.records.values()].flatMap(({ object }) => labelsOf(object).get(GROUP_LABEL) ?? []);
  const own = records.flatMap((id) => labelsOf(design.records.get(id)?.object ?? {}).get(GROUP_LABEL) ?? []);
  return (
    <FormDialog
      title={t('dialogs:groupTitle')}
      label={t('dialogs:groupName')}
      start={own[0] ?? ''}
      action={t('dialogs:groupAction')}
      suggestions={[...new Set(names)]}
      onSubmit={(name) => {
        const refusal = workspace.run(COMMANDS.groupRecords, { records, name });
        if (refusal && refusal.refused !== 'command.noChange') return refusalText(t, refusal);
        view.setState({ groupBy: GROUP_LABEL });
        return undefined;
      }}
    >
      <p className="quiet">{t('dialogs:groupHow')}</p>
    </FormDialog>
  );
}
