import { useMemo, useState } from 'react';
import { Choice } from '../../../kit/choice.tsx';
import { SearchedList } from '../../../kit/searched-list.tsx';
import { CATEGORIES } from '../../../lessons/glossary/card.ts';
import { CARDS, CORRECTIONS } from '../../../lessons/glossary/glossary.ts';
import { searchCards } from '../../../lessons/glossary/search.ts';
import type { FoundCard } from '../../../lessons/glossary/search.ts';
import { useText } from '../../i18n.ts';
import { useSay } from '../use-say.ts';
import { CardDetail } from './card-detail.tsx';
import type { GlossaryPage } from './glossary-page.ts';

const ALL = 'all';

function find(category: string, text: string): readonly FoundCard[] {
  const cards = CARDS.filter((card) => category === ALL || card.category === category);
  return searchCards(cards, CORRECTIONS, text);
}

/** Every item of the checklist, found by its words of today and of former times, and its card. */
export function CardsTab(parts: GlossaryPage) {
  const { place, onGo } = parts;
  const t = useText();
  const say = useSay();
  const [text, setText] = useState('');
  const [category, setCategory] = useState<string>(ALL);
  const found = useMemo(() => find(category, text), [category, text]);
  /** Looks for something else: what is shown stays if it is among what is found. */
  const look = (inCategory: string, forText: string): void => {
    setCategory(inCategory);
    setText(forText);
    const next = find(inCategory, forText);
    const [first] = next;
    if (first && !next.some(({ card }) => card.number === place.item)) onGo({ ...place, item: first.card.number });
  };
  const items = found.map(({ card: { number, term }, old }) => ({
    id: String(number),
    mark: String(number),
    label: say(term),
    ...(old !== undefined
      ? { more: t('glossary:old', { word: old }) }
      : say(term, true) !== say(term) && { more: say(term, true) }),
  }));
  const card = CARDS[(place.item ?? found[0]?.card.number ?? 1) - 1]!;
  return (
    <div className="glossary-sides">
      <SearchedList
        label={t('glossary:list')}
        searchLabel={t('glossary:search')}
        items={items}
        empty={t('glossary:nothing')}
        chosen={String(card.number)}
        onChoose={(id) => onGo({ ...place, item: Number(id) })}
        onSearch={(next) => look(category, next)}
        filter={
          <Choice
            label={t('glossary:category')}
            labelHidden
            value={category}
            onChange={(next) => look(next, text)}
            options={[
              { id: ALL, label: t('glossary:all') },
              ...CATEGORIES.map((id) => ({ id, label: t(`glossary:category.${id}`) })),
            ]}
          />
        }
      />
      <CardDetail key={card.number} card={card} {...parts} />
    </div>
  );
}
