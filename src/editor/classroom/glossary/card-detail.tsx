import type { Card, GlossaryCard } from '../../../lessons/glossary/card.ts';
import { coverageOfCard } from '../../../lessons/glossary/coverage.ts';
import { CARDS, CORRECTIONS } from '../../../lessons/glossary/glossary.ts';
import { useText } from '../../i18n.ts';
import { useOtherLanguage, useSay } from '../use-say.ts';
import { CorrectionWords } from './correction-words.tsx';
import type { GlossaryPage } from './glossary-page.ts';
import { PlaceChips } from './place-chips.tsx';

/** One item: what it is in both languages, what notes say of it, where it is shown, and what belongs to it. */
export function CardDetail({ card, lessons, place, onGo }: GlossaryPage & { readonly card: GlossaryCard }) {
  const t = useText();
  const say = useSay();
  const other = useOtherLanguage();
  const { number, category, term, says, see } = card;
  const covered = coverageOfCard(
    card,
    lessons.map(({ lesson }) => lesson),
  );
  const corrections = CORRECTIONS.filter(({ items }) => items.includes(number));
  return (
    // What scrolls takes the focus, so that a keyboard can scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <article className="glossary-detail" aria-label={say(term)} tabIndex={0}>
      <p className="glossary-chapter">
        {t(`glossary:category.${category}`)} · {number}
      </p>
      <h3 className="glossary-term">{say(term)}</h3>
      {say(term, true) !== say(term) && (
        <p className="glossary-other-term" lang={other}>
          {say(term, true)}
        </p>
      )}
      <p className="glossary-says">{say(says)}</p>
      <p className="glossary-says-other" lang={other}>
        {say(says, true)}
      </p>
      <Words card={card} />
      {corrections.map((correction) => (
        <section key={correction.id} className="glossary-part" aria-label={t('glossary:corrected')}>
          <CorrectionWords correction={correction} />
        </section>
      ))}
      <section className="glossary-part">
        <h4>{t('glossary:shownIn')}</h4>
        <PlaceChips covered={covered} lessons={lessons} />
      </section>
      {see.length > 0 && (
        <section className="glossary-part">
          <h4>{t('glossary:see')}</h4>
          <p className="glossary-chips">
            {see.map((next) => (
              <button
                key={next}
                type="button"
                className="link-button"
                onClick={() => onGo({ ...place, tab: 'cards', item: next })}
              >
                {say(CARDS[next - 1]!.term)}
              </button>
            ))}
          </p>
        </section>
      )}
    </article>
  );
}

/** What else it is called, and what it was once called. */
function Words({ card: { words = [], old = [] } }: { readonly card: Card }) {
  const t = useText();
  return (
    <dl className="glossary-words">
      {words.length > 0 && (
        <div>
          <dt>{t('glossary:also')}</dt>
          <dd>{words.join(' · ')}</dd>
        </div>
      )}
      {old.length > 0 && (
        <div>
          <dt>{t('glossary:once')}</dt>
          <dd>{old.join(' · ')}</dd>
        </div>
      )}
    </dl>
  );
}
