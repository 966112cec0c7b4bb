import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { accountOfDeletion } from '../../design/commands/delete-records.ts';
import type { RecordId } from '../../design/design.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { closeDialog } from '../page-state.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { deleteNow } from './ask-to-delete.ts';

const MOST_LISTED = 100;

/** What stops working when these records go. */
export function DeleteDialog({ records }: { readonly records: readonly RecordId[] }) {
  const t = useText();
  const workspace = useWorkspace();
  const { design, registry } = useWorkspaceState((state) => state);
  const broken = accountOfDeletion(workspace.references(), records);
  const first = design.records.get(records[0] ?? '');
  const name = first ? visibleText(nameOf(first.object)) : '';
  return (
    <Dialog
      role="alertdialog"
      title={t('dialogs:deleteTitle', { count: records.length, name })}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>{t('shell:cancel')}</Button>
          <Button
            look="danger"
            // Opened to be answered at once.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            onPress={() => {
              closeDialog();
              deleteNow(workspace, records, t);
            }}
          >
            {t('commands:delete')}
          </Button>
        </>
      }
    >
      <p>{t('dialogs:deleteBreaks', { count: broken.length })}</p>
      <ul className="broken-list">
        {broken.slice(0, MOST_LISTED).map((reference) => {
          const from = design.records.get(reference.from);
          if (!from) return null;
          const definition = registry.of(from.object);
          return (
            <li key={reference.index}>
              <KindIcon kind={definition} category={definition.category} />
              <b>{visibleText(nameOf(from.object))}</b>
              <span className="quiet">{from.object.kind}</span>
              <span>{t(`references:${reference.declaration.type}`)}</span>
              <code>{formatFieldPath(reference.declaration.field)}</code>
            </li>
          );
        })}
        {broken.length > MOST_LISTED && <li>{t('inspector:moreFields', { count: broken.length - MOST_LISTED })}</li>}
      </ul>
    </Dialog>
  );
}
