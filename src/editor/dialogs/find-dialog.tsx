import { useMemo } from 'react';
import { Dialog } from '../../kit/dialog.tsx';
import { SearchList } from '../../kit/search-list.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { closeDialog, reveal } from '../page-state.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

/** Finds a card of the picture by its name, kind, namespace or what it says, and shows it. */
export function FindDialog() {
  const t = useText();
  const workspace = useWorkspace();
  const scene = useWorkspaceState((state) => state.scene);
  const design = useWorkspaceState((state) => state.design);
  const items = useMemo(() => {
    const seen = new Set<string>();
    return scene.cards.flatMap((card) => {
      const record = card.record === undefined ? undefined : design.records.get(card.record);
      if (!record || seen.has(record.id)) return [];
      seen.add(record.id);
      const { fact = '', detail = '', kind, name } = card;
      return [
        {
          id: record.id,
          label: visibleText(name),
          hint: kind,
          ...(record.namespace === '' ? {} : { more: visibleText(record.namespace) }),
          words: [kind, record.namespace, fact, detail],
          icon: <KindIcon kind={card} category={card.category} />,
        },
      ];
    });
  }, [scene, design]);
  return (
    <Dialog title={t('dialogs:findTitle')} closeLabel={t('shell:close')} onClose={closeDialog}>
      <SearchList
        label={t('dialogs:searchObjects')}
        empty={t('dialogs:noObject')}
        items={items}
        onChoose={(id) => {
          closeDialog();
          workspace.select([id]);
          reveal(id);
        }}
      />
    </Dialog>
  );
}
