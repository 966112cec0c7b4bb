import { BookA } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { nameOf } from '../../apimachinery/object.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { SearchList } from '../../kit/search-list.tsx';
import type { SearchItem } from '../../kit/search-list.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import type { GlossaryCard } from '../../lessons/glossary/card.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { addItem } from '../palette/add-item.ts';
import { paletteItems } from '../palette/palette-items.ts';
import type { Text } from '../i18n.ts';
import { closeDialog, openDialog, page, reveal } from '../page-state.ts';
import { settings } from '../settings.ts';
import type { Language } from '../settings.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { actionsOf } from './actions.tsx';
import type { Around } from './actions.tsx';
import { useAround } from './use-around.ts';

/** One place to find an object, to do anything, or to add a kind: type, arrows, Enter. */
export function CommandPalette() {
  const around = useAround();
  const { t } = around;
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  const language = useStore(settings, (state) => state.language);
  const cards = useCards();
  const runs = useMemo(() => new Map<string, () => void>(), []);
  const items = useMemo(() => {
    runs.clear();
    return [
      ...actionItems(around, runs),
      ...objectItems(around, runs),
      ...addItems(),
      ...cardItems(cards, language, t, runs),
    ];

    function addItems(): readonly SearchItem[] {
      return paletteItems(registry, language, t).map((item) => {
        const id = `add:${item.id}`;
        runs.set(id, () => void addItem(around.workspace, item, t));
        return {
          id,
          label: t('shell:addNamed', { what: item.title }),
          hint: item.hint,
          words: [...item.words, ...item.old],
          icon: <KindIcon kind={item.icon.kind} category={item.icon.category} />,
        };
      });
    }
    // The design stands for what the actions can do.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [around, design, registry, language, t, runs, cards]);
  return (
    <Dialog title={t('shell:commands')} closeLabel={t('shell:close')} onClose={closeDialog}>
      <SearchList
        label={t('shell:searchOrRun')}
        empty={t('shell:nothingFound')}
        items={items}
        onEscape={closeDialog}
        onChoose={(id) => {
          closeDialog();
          runs.get(id)?.();
        }}
      />
    </Dialog>
  );
}

/** The cards of the glossary, fetched when there is something to search. */
function useCards(): readonly GlossaryCard[] {
  const [cards, setCards] = useState<readonly GlossaryCard[]>([]);
  useEffect(() => {
    // Without them everything else is found as before.
    import('../../lessons/glossary/glossary.ts').then(({ CARDS }) => setCards(CARDS)).catch(() => undefined);
  }, []);
  return cards;
}

function cardItems(
  cards: readonly GlossaryCard[],
  language: Language,
  t: Text,
  runs: Map<string, () => void>,
): readonly SearchItem[] {
  return cards.map(({ number, term, words = [], old = [] }) => {
    const id = `card:${number}`;
    runs.set(id, () => openDialog({ type: 'glossary', at: { tab: 'cards', item: number } }));
    return {
      id,
      label: language === 'en' ? term.en : term.zh,
      hint: t('glossary:title'),
      words: [term.en, term.zh, ...words, ...old],
      icon: <BookA size={16} aria-hidden className="command-icon" />,
    };
  });
}

function actionItems(around: Around, runs: Map<string, () => void>): readonly SearchItem[] {
  return actionsOf(around).flatMap(({ id, title, icon: Icon, hotkey, enabled, run }) => {
    if (!enabled) return [];
    runs.set(`do:${id}`, run);
    return {
      id: `do:${id}`,
      label: title,
      ...(hotkey === undefined ? {} : { hint: hotkey }),
      words: [id],
      icon: <Icon size={16} aria-hidden className="command-icon" />,
    };
  });
}

function objectItems({ workspace }: Around, runs: Map<string, () => void>): readonly SearchItem[] {
  const { design, registry } = workspace.store.getState();
  return [...design.records.values()].map((record) => {
    const definition = registry.of(record.object);
    const name = visibleText(nameOf(record.object));
    runs.set(`go:${record.id}`, () => {
      page.setState({ mode: 'design', edge: undefined });
      workspace.select([record.id]);
      reveal(record.id);
    });
    return {
      id: `go:${record.id}`,
      label: name === '' ? definition.kind : name,
      more: [definition.kind, visibleText(record.namespace)].filter(Boolean).join(' · '),
      words: [definition.kind, ...definition.shortNames, record.namespace],
      icon: <KindIcon kind={definition} category={definition.category} />,
    };
  });
}
