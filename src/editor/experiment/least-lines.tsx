import { HOURS_PER_MONTH } from '../../experiment/cost.ts';
import type { TrialRow } from '../../experiment/row.ts';
import type { Combination } from '../../experiment/summary.ts';
import { valueText } from '../../experiment/summary.ts';
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
      {combinations.map(({ values, spans }) => {
        const key = valueText(values);
        const size = Object.values(values).map(valueText).join(' ') || t('experiment:workers');
        const without = rows.find((row) => valueText(row.values) === key && row.least?.nodes === null);
        const [nodes, perHour] = [spans.leastNodes?.most ?? 0, spans.costPerHour?.most];
        const words =
          without !== undefined
            ? t('experiment:leastNone', { size, because: without.least?.because ?? '' })
            : perHour === undefined
              ? t('experiment:least', { size, nodes })
              : t('experiment:leastCost', {
                  size,
                  nodes,
                  perHour,
                  currency: currency ?? '',
                  perMonth: (perHour * HOURS_PER_MONTH).toFixed(2),
                });
        return (
          <li key={key} className={without === undefined ? undefined : 'tone-bad'}>
            {words}
          </li>
        );
      })}
    </ul>
  );
}
