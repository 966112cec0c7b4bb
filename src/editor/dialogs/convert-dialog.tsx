import { nameOf } from '../../apimachinery/object.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import type { RecordId } from '../../design/design.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { useConversions } from '../problems/use-conversions.ts';
import { refusalText, runCommand } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { ChangedFiles } from './changed-files.tsx';
import { FixNotes, fixText } from './fix-words.tsx';

/** An object as the version or kind that took its place: the lines it would write, done only when a person says so. */
export function ConvertDialog({ record: id }: { readonly record: RecordId }) {
  const t = useText();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const fixes = useConversions(id);
  const record = design.records.get(id);
  const fix = fixes?.[0];
  if (!record) return null;
  const args = fix && { record: id, fix };
  const outcome = args && workspace.preview(COMMANDS.applyFix, args);
  const ready = outcome !== undefined && !('refused' in outcome);
  return (
    <Dialog
      wide
      title={t('dialogs:convertTitle', { kind: record.object.kind, name: visibleText(nameOf(record.object)) })}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>{t('shell:cancel')}</Button>
          <Button
            key={String(ready)}
            look="primary"
            disabled={!ready}
            // The dialog was opened to press this; it takes the focus once it can be pressed.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={ready}
            onPress={() => {
              closeDialog();
              if (args) runCommand(workspace, COMMANDS.applyFix, args, t);
            }}
          >
            {t('dialogs:convert')}
          </Button>
        </>
      }
    >
      {fixes?.length === 0 && <p>{t('dialogs:convertNone')}</p>}
      {fix && <p className="fix-words">{fixText(t, fix)}</p>}
      {fix && <FixNotes fix={fix} />}
      {outcome && 'refused' in outcome && <p className="field-error">{refusalText(t, outcome)}</p>}
      {outcome && !('refused' in outcome) && <ChangedFiles before={design} after={outcome.design} />}
    </Dialog>
  );
}
