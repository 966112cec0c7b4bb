import { useState } from 'react';
import { useStore } from 'zustand';
import { Choice } from '../../kit/choice.tsx';
import { Segmented } from '../../kit/segmented.tsx';
import type { Experiments } from '../../experiment/experiment-store.ts';
import { measuresOf } from '../../experiment/row.ts';
import type { MeasureId } from '../../experiment/row.ts';
import { combinationsOf } from '../../experiment/summary.ts';
import { sentence, useText } from '../i18n.ts';
import { LeastLines } from './least-lines.tsx';
import { ResultPlot } from './result-plot.tsx';
import { CombinationTable, RunTable } from './result-table.tsx';

const VIEWS = ['wholeTable', 'everyRun', 'plot'] as const;

/** What came of the runs so far: how far it is, a table, a plot. */
export function ExperimentResults({ experiments }: { readonly experiments: Experiments }) {
  const t = useText();
  const { status, head, rows, problems, failure } = useStore(experiments.store);
  const [view, setView] = useState<(typeof VIEWS)[number]>('wholeTable');
  const [chosen, setChosen] = useState<MeasureId | undefined>(undefined);
  if (status === 'idle')
    return (
      <div className="experiment-nothing">
        <p>{t('experiment:nothing')}</p>
        <p className="quiet">{t('experiment:nothingHint')}</p>
      </div>
    );
  if (status === 'refused')
    return (
      <ul className="experiment-problems tone-bad" role="alert">
        {problems.map(({ id, field, params }) => (
          <li key={`${field} ${id}`}>
            <code>{field}</code> {sentence(t, 'experiment', id, params)}
          </li>
        ))}
      </ul>
    );
  const measures = measuresOf(rows);
  const combinations = combinationsOf(rows, measures);
  const parameters = head?.parameters ?? [];
  const measure = measures.find(({ id }) => id === chosen) ?? measures[0];
  const counts = { done: rows.length, count: head?.trials ?? 0 };
  return (
    <>
      <output className="experiment-progress">
        {head !== undefined && <progress max={Math.max(1, counts.count)} value={counts.done} aria-hidden />}
        <span className={status === 'failed' ? 'tone-bad' : 'quiet'}>
          {status === 'failed'
            ? t('experiment:failed', { message: failure ?? '' })
            : status === 'cancelled'
              ? t('experiment:cancelled', counts)
              : head === undefined
                ? t('experiment:starting')
                : t('experiment:done', counts)}
        </span>
      </output>
      {measure !== undefined && (
        <>
          <LeastLines combinations={combinations} rows={rows} currency={head?.currency ?? null} />
          <div className="experiment-row">
            <Segmented
              label={t('experiment:shown')}
              value={view}
              options={VIEWS.map((id) => ({ id, label: t(`experiment:${id}`) }))}
              onChange={setView}
            />
            {view === 'plot' && (
              <Choice
                label={t('experiment:measure')}
                labelHidden
                value={measure.id}
                options={measures.map(({ id }) => ({ id, label: t(`experiment:m.${id}`) }))}
                onChange={(id) => setChosen(measures.find((one) => one.id === id)?.id)}
              />
            )}
          </div>
          {/* What is wider than its place is scrolled by keys too. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <section className="experiment-shown" tabIndex={0} aria-label={t('experiment:tableName')}>
            {view === 'wholeTable' && <CombinationTable {...{ parameters, measures, combinations }} />}
            {view === 'everyRun' && <RunTable {...{ parameters, measures, rows }} />}
            {view === 'plot' && <ResultPlot {...{ parameters, combinations, measure }} />}
          </section>
        </>
      )}
    </>
  );
}
