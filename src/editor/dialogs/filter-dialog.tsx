import { Check } from 'lucide-react';
import { useMemo } from 'react';
import { parseGroupKind } from '../../apimachinery/group-version-kind.ts';
import { valuesOf } from '../../scene/view/filter-scene.ts';
import type { Filter } from '../../scene/view/view.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { SearchList } from '../../kit/search-list.tsx';
import { filterText } from '../canvas/view/filter-words.ts';
import { sameFilter, toggleFilter, useView } from '../canvas/view/view-store.ts';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { closeDialog } from '../page-state.ts';
import { useWorkspaceState } from '../workspace-context.ts';

const SORTS = ['problem', 'namespace', 'kind', 'label'] as const satisfies readonly Filter['by'][];

/** Every condition that some cards meet and others do not, with how many do; choosing one puts it on or takes it off. */
export function FilterDialog() {
  const t = useText();
  const scene = useWorkspaceState((state) => state.scene);
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  const filters = useView((state) => state.filters);
  const found = useMemo(
    () =>
      SORTS.flatMap((by) => {
        const counts = new Map<string, number>();
        for (const card of scene.cards)
          for (const value of valuesOf(card, by, design)) counts.set(value, (counts.get(value) ?? 0) + 1);
        return [...counts]
          .sort(([, a], [, b]) => b - a)
          .map(([value, count]) => ({ filter: { by, value } satisfies Filter, count }));
      }),
    [scene, design],
  );
  const items = found.map(({ filter, count }) => {
    const isOn = filters.some((one) => sameFilter(one, filter));
    const definition = filter.by === 'kind' ? registry.get(parseGroupKind(filter.value)) : undefined;
    return {
      id: `${filter.by} ${filter.value}`,
      label: filterText(t, filter),
      hint: String(count),
      more: t(`canvas:filter.${filter.by}`) + (isOn ? ` · ${t('canvas:filterOn')}` : ''),
      words: [t(`canvas:filter.${filter.by}`)],
      icon: isOn ? (
        <Check size={16} aria-hidden />
      ) : definition ? (
        <KindIcon kind={definition} category={definition.category} />
      ) : undefined,
    };
  });
  return (
    <Dialog title={t('canvas:filter')} closeLabel={t('shell:close')} onClose={closeDialog}>
      <SearchList
        label={t('canvas:filterSearch')}
        empty={t('canvas:filterNothing')}
        items={items}
        onChoose={(id) => {
          const chosen = found.find(({ filter }) => `${filter.by} ${filter.value}` === id);
          if (chosen) toggleFilter(chosen.filter);
          closeDialog();
        }}
      />
    </Dialog>
  );
}
