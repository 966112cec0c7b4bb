import type { TrialRow } from '../../experiment/row.ts';
import type { Combination } from '../../experiment/summary.ts';
import { leastFound, valueText, valuesText } from '../../experiment/summary.ts';
import { useText } from '../i18n.ts';

/** What the search found, in a sentence for each size: what the seed that needed most needed. */
export function LeastLines({
  combinations,
  rows,
  currency,
}: {
  readonly combinations: readonly Combination[];
  readonly rows: readonly TrialRow[];
  readonly currency: string | null;
}) {
  const t = useText();
  if (!rows.some(({ least }) => least !== undefined)) return null;
  return (
    <ul className="experiment-least">
      {leastFound(combinations, rows).map(({ values, nodes, perHour, perMonth, noneBecause }) => {
        const size = valuesText(values) || t('experiment:workers');
        const words =
          noneBecause !== undefined
            ? t('experiment:leastNone', { size, because: noneBecause })
            : perMonth === undefined
              ? t('experiment:least', { size, nodes })
              : t('experiment:leastCost', { size, nodes, perHour, currency: currency ?? '', perMonth });
        return (
          <li key={valueText(values)} className={noneBecause === undefined ? undefined : 'tone-bad'}>
            {words}
          </li>
        );
      })}
    </ul>
  );
}
