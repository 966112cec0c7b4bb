import { useMemo, useState } from 'react';
import { Choice } from '../../../kit/choice.tsx';
import { SearchedList } from '../../../kit/searched-list.tsx';
import { CLASSES } from '../../../lessons/glossary/card.ts';
import type { Correction } from '../../../lessons/glossary/card.ts';
import { CARDS, CORRECTIONS } from '../../../lessons/glossary/glossary.ts';
import { searchCorrections } from '../../../lessons/glossary/search.ts';
import { useText } from '../../i18n.ts';
import { useSay } from '../use-say.ts';
import { CorrectionWords } from './correction-words.tsx';
import type { GlossaryPage } from './glossary-page.ts';
import { LessonButtons } from './place-chips.tsx';

const ALL = 'all';

function find(own: string, text: string): readonly Correction[] {
  return searchCorrections(
    CORRECTIONS.filter((one) => own === ALL || one.class === own),
    text,
  );
}

/** 讲义 / 现状: where lecture notes are wrong, out of date or not exact. */
export function CorrectionsTab({ place, lessons, onGo }: GlossaryPage) {
  const t = useText();
  const say = useSay();
  const [text, setText] = useState('');
  const [own, setOwn] = useState<string>(ALL);
  const found = useMemo(() => find(own, text), [own, text]);
  /** Looks for something else: what is shown stays if it is among what is found. */
  const look = (inClass: string, forText: string): void => {
    setOwn(inClass);
    setText(forText);
    const next = find(inClass, forText);
    const [first] = next;
    if (first && !next.some(({ id }) => id === place.correction)) onGo({ ...place, correction: first.id });
  };
  const correction = CORRECTIONS.find(({ id }) => id === place.correction) ?? found[0] ?? CORRECTIONS[0]!;
  const told = lessons
    .filter(({ lesson }) => lesson.corrections.includes(correction.id))
    .map(({ lesson }) => lesson.id);
  return (
    <div className="glossary-sides">
      <SearchedList
        label={t('glossary:notesList')}
        searchLabel={t('glossary:searchNotes')}
        items={found.map(({ id, title, notes }) => ({ id, mark: id, label: say(title), more: say(notes) }))}
        empty={t('glossary:nothing')}
        chosen={correction.id}
        onChoose={(id) => onGo({ ...place, correction: id })}
        onSearch={(next) => look(own, next)}
        filter={
          <Choice
            label={t('glossary:class')}
            labelHidden
            value={own}
            onChange={(next) => look(next, text)}
            options={[
              { id: ALL, label: t('glossary:allClasses') },
              ...CLASSES.map((id) => ({ id, label: t(`glossary:class.${id}`) })),
            ]}
          />
        }
      />
      {/* What scrolls takes the focus, so that a keyboard can scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <article key={correction.id} className="glossary-detail" aria-label={correction.id} tabIndex={0}>
        <CorrectionWords correction={correction} both />
        <section className="glossary-part">
          <h4>{t('glossary:concerns')}</h4>
          <p className="glossary-chips">
            {correction.items.map((number) => (
              <button
                key={number}
                type="button"
                className="link-button"
                onClick={() => onGo({ ...place, tab: 'cards', item: number })}
              >
                {say(CARDS[number - 1]!.term)}
              </button>
            ))}
          </p>
        </section>
        {told.length > 0 && (
          <section className="glossary-part">
            <h4>{t('glossary:shownIn')}</h4>
            <p className="glossary-chips">
              <LessonButtons ids={told} lessons={lessons} />
            </p>
          </section>
        )}
      </article>
    </div>
  );
}
