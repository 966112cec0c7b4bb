import type { ReactNode } from 'react';
import { formatDurationMs } from '../../apimachinery/duration.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueText } from '../../experiment/summary.ts';
import type { Combination, Span } from '../../experiment/summary.ts';
import type { Measure, TrialRow } from '../../experiment/row.ts';
import { useText } from '../i18n.ts';

/** A number of a measure as people read it. */
export function measureText({ unit }: Measure, value: number): string {
  if (unit === 'duration') return formatDurationMs(Math.round(value));
  return String(Math.round(value * 10_000) / 10_000);
}

interface TableProps {
  readonly parameters: readonly string[];
  readonly measures: readonly Measure[];
}

/** One line for each combination of values, over all seeds. */
export function CombinationTable({
  parameters,
  measures,
  combinations,
}: TableProps & { readonly combinations: readonly Combination[] }) {
  const t = useText();
  const head = (
    <th scope="col" className="number">
      {t('experiment:settled')}
    </th>
  );
  return (
    <ResultTable parameters={parameters} measures={measures} head={head}>
      {combinations.map(({ values, seeds, settled, spans }) => (
        <tr key={valueText(values)}>
          <ValueCells parameters={parameters} values={values} />
          <td className={settled < seeds ? 'number tone-bad' : 'number'}>
            {t('experiment:allSeeds', { count: settled, seeds })}
          </td>
          {measures.map((measure) => (
            <SpanCell key={measure.id} measure={measure} span={spans[measure.id]} />
          ))}
        </tr>
      ))}
    </ResultTable>
  );
}

function SpanCell({ measure, span }: { readonly measure: Measure; readonly span: Span | undefined }) {
  const t = useText();
  if (span === undefined) return <td className="number">{t('experiment:none')}</td>;
  const { least, median, most } = span;
  return (
    <td className="number">
      {measureText(measure, median)}
      {least !== most && (
        <span className="experiment-span">
          {measureText(measure, least)} – {measureText(measure, most)}
        </span>
      )}
    </td>
  );
}

/** One line for each run. */
export function RunTable({ parameters, measures, rows }: TableProps & { readonly rows: readonly TrialRow[] }) {
  const t = useText();
  const head = (
    <>
      <th scope="col" className="number">
        {t('experiment:seed')}
      </th>
      <th scope="col">{t('experiment:settled')}</th>
    </>
  );
  return (
    <ResultTable parameters={parameters} measures={measures} head={head}>
      {rows.map((row) => (
        <tr key={row.index}>
          <ValueCells parameters={parameters} values={row.values} />
          <td className="number">{row.seed}</td>
          <td className={row.settled ? '' : 'tone-bad'}>{t(row.settled ? 'experiment:yes' : 'experiment:no')}</td>
          {measures.map((measure) => {
            const value = measure.of(row);
            return (
              <td key={measure.id} className="number">
                {value === null ? t('experiment:none') : measureText(measure, value)}
              </td>
            );
          })}
        </tr>
      ))}
    </ResultTable>
  );
}

/** A table with a column for each parameter, then those of `head`, then one for each measure. */
function ResultTable({
  parameters,
  measures,
  head,
  children,
}: TableProps & { readonly head: ReactNode; readonly children: ReactNode }) {
  const t = useText();
  return (
    <table className="experiment-table" aria-label={t('experiment:tableName')}>
      <thead>
        <tr>
          {parameters.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          {head}
          {measures.map(({ id }) => (
            <th key={id} scope="col" className="number">
              {t(`experiment:m.${id}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function ValueCells({
  parameters,
  values,
}: {
  readonly parameters: readonly string[];
  readonly values: Readonly<Record<string, JsonValue>>;
}) {
  return parameters.map((name) => (
    <th key={name} scope="row">
      {valueText(values[name] ?? null)}
    </th>
  ));
}
