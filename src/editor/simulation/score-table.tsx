import { arrayAt, isJsonObject, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { translatedServerWords, useText } from '../i18n.ts';
import { useSimulationState } from './simulation-context.ts';
import { Die } from './why/die.tsx';

/** The scheduler's reckoning: which plugin refused which Node and why, what each of the rest scored, and who won. */
export function ScoreTable({ detail }: { readonly detail: Readonly<Record<string, unknown>> }) {
  const t = useText();
  const seed = useSimulationState(({ options }) => options.seed);
  const chosen = stringAt(detail, 'node');
  const table = objectAt(detail, 'scores');
  const nodes = arrayAt(table, 'nodes').map(String);
  const totals = arrayAt(table, 'totals').map(Number);
  const columns = arrayAt(table, 'columns').filter(isJsonObject);
  const rejected = Object.entries(objectAt(detail, 'rejected') ?? {});
  const sorted = nodes.map((_, line) => line).sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0));
  const tied = numberAt(detail, 'tied') ?? 1;
  const best = nodes.filter((_, line) => totals[line] === Math.max(...totals));
  const early = objectAt(detail, 'preFilter');
  const words = (refusal: unknown): string =>
    arrayAt(refusal, 'verdict', 'reasons')
      .map((reason) => translatedServerWords(String(reason)) ?? String(reason))
      .join(', ');
  return (
    <div className="sim-scores">
      <p>
        {t('rehearsal:considered', {
          evaluated: numberAt(detail, 'evaluated') ?? 0,
          feasible: numberAt(detail, 'feasible') ?? 0,
        })}
        {early && ` ${stringAt(early, 'plugin') ?? ''}: ${words(early)}`}
        {columns.length === 0 && chosen !== undefined && ` ${t('rehearsal:onlyOne', { node: chosen })}`}
      </p>
      {tied > 1 && chosen !== undefined && (
        <p className="why-tie">
          <Die face={best.indexOf(chosen) + 1} />
          {t('rehearsal:tie', { count: tied, node: chosen, seed, nodes: best.join(', ') })}
        </p>
      )}
      <table className="why-table">
        <thead>
          <tr>
            <th scope="col">Node</th>
            {columns.map((column) => (
              <th key={stringAt(column, 'plugin')} scope="col">
                {stringAt(column, 'plugin')} ×{numberAt(column, 'weight') ?? 1}
              </th>
            ))}
            <th scope="col">{columns.length > 0 ? t('simulation:total') : t('rehearsal:whyNot')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((line) => {
            const node = nodes[line] ?? '';
            return (
              <tr key={node} className={node === chosen ? 'sim-chosen' : ''}>
                <th scope="row">
                  {node}
                  {node === chosen && ' ✓'}
                </th>
                {columns.map((column) => {
                  const score = numberAt(column, 'scores', line) ?? 0;
                  const weight = numberAt(column, 'weight') ?? 1;
                  const raw = numberAt(column, 'raw', line);
                  return (
                    <td key={stringAt(column, 'plugin')} title={t('rehearsal:raw', { raw: raw ?? score })}>
                      {score}
                      {weight !== 1 && <small className="quiet"> → {score * weight}</small>}
                    </td>
                  );
                })}
                <td>
                  <b>{totals[line]}</b>
                </td>
              </tr>
            );
          })}
          {rejected.map(([node, refusal]) => (
            <tr key={node} className="sim-rejected">
              <th scope="row">{node}</th>
              <td colSpan={columns.length + 1}>
                ✗ {stringAt(refusal, 'plugin')}: {words(refusal)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
