import { useState } from 'react';
import { Segmented } from '../../../kit/segmented.tsx';
import type { Said } from '../../../lessons/said.ts';
import { CATEGORIES } from '../../../lessons/glossary/card.ts';
import { COVERAGES, countCoverage, coverageOfCard, coverageOfFlow } from '../../../lessons/glossary/coverage.ts';
import type { Covered } from '../../../lessons/glossary/coverage.ts';
import { FLOWS } from '../../../lessons/glossary/data/flows.ts';
import { CARDS } from '../../../lessons/glossary/glossary.ts';
import { useText } from '../../i18n.ts';
import { useSay } from '../use-say.ts';
import type { GlossaryPage } from './glossary-page.ts';
import { usePlaceText } from './place-text.ts';

interface Row {
  readonly id: string;
  readonly title: Said;
  readonly covered: Covered;
  /** Number of the card that tells more. */
  readonly item?: number;
}

/** Where each of the 170 items and 26 flows is shown, and how many are not yet. */
export function ChecklistTab({ place, lessons: there, onGo }: GlossaryPage) {
  const t = useText();
  const [only, setOnly] = useState<'all' | 'missing'>('all');
  const lessons = there.map(({ lesson }) => lesson);
  const cards = CARDS.map((card) => ({ card, covered: coverageOfCard(card, lessons) }));
  const flows = FLOWS.map(({ id, title, ...flow }): Row => {
    return { id, title, covered: coverageOfFlow({ id, title, ...flow }, lessons) };
  });
  const groups = [
    ...CATEGORIES.map((category) => ({
      title: t(`glossary:category.${category}`),
      rows: cards
        .filter(({ card }) => card.category === category)
        .map(({ card, covered }): Row => ({
          id: String(card.number),
          title: card.term,
          covered,
          item: card.number,
        })),
    })),
    { title: t('glossary:flows'), rows: flows },
  ];
  return (
    <div className="checklist">
      <div className="checklist-head">
        <Counts title={t('glossary:items')} all={cards.map(({ covered }) => covered)} />
        <Counts title={t('glossary:flows')} all={flows.map(({ covered }) => covered)} />
        <span className="grow" />
        <Segmented
          label={t('glossary:only')}
          value={only}
          onChange={setOnly}
          options={[
            { id: 'all', label: t('glossary:only.all') },
            { id: 'missing', label: t('glossary:only.missing') },
          ]}
        />
      </div>
      <p className="quiet">{t('glossary:checklistNote')}</p>
      {/* What scrolls takes the focus, so that a keyboard can scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="checklist-rows" tabIndex={0} aria-label={t('glossary:checklist')}>
        {groups.map(({ title, rows }) => {
          const shown = rows.filter(({ covered }) => only === 'all' || covered.coverage === 'missing');
          if (shown.length === 0) return null;
          return (
            <table key={title} className="checklist-table">
              <caption>
                {title} <span className="tab-count">{shown.length}</span>
              </caption>
              <colgroup>
                <col className="checklist-number" />
                <col className="checklist-item" />
                <col className="checklist-state" />
                <col className="checklist-lessons" />
                <col />
              </colgroup>
              <thead>
                <tr>
                  <th scope="col">{t('glossary:number')}</th>
                  <th scope="col">{t('glossary:item')}</th>
                  <th scope="col">{t('glossary:state')}</th>
                  <th scope="col">{t('glossary:lesson')}</th>
                  <th scope="col">{t('glossary:places')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((row) => (
                  <ChecklistRow
                    key={row.id}
                    row={row}
                    onOpen={() => onGo({ ...place, tab: 'cards', ...(row.item !== undefined && { item: row.item }) })}
                  />
                ))}
              </tbody>
            </table>
          );
        })}
      </section>
    </div>
  );
}

function ChecklistRow({ row, onOpen }: { readonly row: Row; readonly onOpen: () => void }) {
  const t = useText();
  const say = useSay();
  const placeText = usePlaceText();
  const { id, title, covered, item } = row;
  return (
    <tr>
      <td className="listed-mark">{id}</td>
      <th scope="row">
        {item === undefined ? (
          say(title)
        ) : (
          <button type="button" className="link-button" onClick={onOpen}>
            {say(title)}
          </button>
        )}
        {say(title, true) !== say(title) && <span className="quiet">{say(title, true)}</span>}
      </th>
      <td>
        <CoverageMark coverage={covered.coverage} />
      </td>
      <td>
        {covered.lessons.map((lesson) => (
          <span key={lesson} className="chip checklist-there">
            {lesson}
          </span>
        ))}
        {covered.awaited.map((lesson) => (
          <span key={lesson} className="chip checklist-awaited" title={t('glossary:awaited', { id: lesson })}>
            {lesson}
          </span>
        ))}
      </td>
      <td className="checklist-places">{covered.places.map(placeText).join(' · ')}</td>
    </tr>
  );
}

const SIGNS = { lesson: '●', shown: '◐', card: '○', missing: '–' } as const;

function CoverageMark({ coverage }: { readonly coverage: Covered['coverage'] }) {
  const t = useText();
  return (
    <span className={`coverage coverage-${coverage}`}>
      <span aria-hidden>{SIGNS[coverage]}</span> {t(`glossary:coverage.${coverage}`)}
    </span>
  );
}

function Counts({ title, all }: { readonly title: string; readonly all: readonly Covered[] }) {
  const counts = countCoverage(all);
  return (
    <div className="checklist-counts">
      <b>
        {title} {all.length}
      </b>
      {COVERAGES.filter((coverage) => counts[coverage] > 0).map((coverage) => (
        <span key={coverage}>
          <b>{counts[coverage]}</b> <CoverageMark coverage={coverage} />
        </span>
      ))}
    </div>
  );
}
