import { nameOf } from '../../apimachinery/object.ts';
import { accountOfDeletion, deleteRecords } from '../../design/commands/delete-records.ts';
import type { RecordId } from '../../design/design.ts';
import { showToast } from '../../kit/toasts.ts';
import { visibleText } from '../../kit/visible-text.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Text } from '../i18n.ts';
import { openDialog } from '../page-state.ts';
import { runCommand } from '../run-command.ts';

/** Deletes at once when nothing depends on the records, with an offer to undo; asks when something would break. */
export function askToDelete(workspace: Workspace, records: readonly RecordId[], t: Text): void {
  if (accountOfDeletion(workspace.references(), records).length > 0) openDialog({ type: 'delete', records });
  else deleteNow(workspace, records, t);
}

export function deleteNow(workspace: Workspace, records: readonly RecordId[], t: Text): void {
  const first = workspace.store.getState().design.records.get(records[0] ?? '');
  if (runCommand(workspace, deleteRecords, { records }, t)) return;
  const name = first ? visibleText(nameOf(first.object)) : '';
  showToast({
    text: t('commands:deleted', { count: records.length, name }),
    tone: 'plain',
    action: { label: t('shell:undo'), run: () => workspace.undo() },
  });
}
