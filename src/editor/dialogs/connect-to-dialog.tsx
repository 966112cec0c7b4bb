import { useMemo } from 'react';
import { nameOf } from '../../apimachinery/object.ts';
import type { RecordId } from '../../design/design.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { SearchList } from '../../kit/search-list.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { closeDialog, openDialog } from '../page-state.ts';
import { useWorkspaceState } from '../workspace-context.ts';

/** Chooses the other end of an arrow without dragging: for the keyboard and for cards far apart. */
export function ConnectToDialog({ source }: { readonly source: RecordId }) {
  const t = useText();
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  const from = design.records.get(source);
  const items = useMemo(
    () =>
      [...design.records.values()]
        .filter(({ id }) => id !== source)
        .map(({ id, object, namespace }) => {
          const definition = registry.of(object);
          return {
            id,
            label: visibleText(nameOf(object)),
            hint: object.kind,
            words: [object.kind, namespace, ...definition.shortNames],
            icon: <KindIcon kind={definition} category={definition.category} />,
          };
        }),
    [design, registry, source],
  );
  if (!from) return null;
  return (
    <Dialog
      title={t('dialogs:connectToTitle', { name: visibleText(nameOf(from.object)) })}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
    >
      <SearchList
        label={t('dialogs:searchObjects')}
        empty={t('dialogs:noObject')}
        items={items}
        onChoose={(target) => openDialog({ type: 'connect', source, target })}
      />
    </Dialog>
  );
}
