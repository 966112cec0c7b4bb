import { arrayAt, isJsonObject, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { useText } from '../i18n.ts';

/** The scheduler's reckoning: which plugin refused which Node, and what each of the rest scored. */
export function ScoreTable({ detail }: { readonly detail: Readonly<Record<string, unknown>> }) {
  const t = useText();
  const chosen = stringAt(detail, 'node');
  const table = objectAt(detail, 'scores');
  const nodes = arrayAt(table, 'nodes').map(String);
  const totals = arrayAt(table, 'totals').map(Number);
  const columns = arrayAt(table, 'columns').filter(isJsonObject);
  const rejected = objectAt(detail, 'rejected') ?? {};
  const sorted = nodes.map((_, line) => line).sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0));
  return (
    <div className="sim-scores">
      <table>
        <thead>
          <tr>
            <th scope="col">Node</th>
            {columns.map((column) => (
              <th key={stringAt(column, 'plugin')} scope="col">
                {stringAt(column, 'plugin')}
                {(numberAt(column, 'weight') ?? 1) !== 1 && ` ×${numberAt(column, 'weight')}`}
              </th>
            ))}
            <th scope="col">{t('simulation:total')}</th>
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
                {columns.map((column) => (
                  <td key={stringAt(column, 'plugin')}>{numberAt(column, 'scores', line) ?? ''}</td>
                ))}
                <td>{totals[line]}</td>
              </tr>
            );
          })}
          {Object.entries(rejected).map(([node, refusal]) => (
            <tr key={node} className="sim-rejected">
              <th scope="row">{node}</th>
              <td colSpan={columns.length + 1}>
                {stringAt(refusal, 'plugin')}: {arrayAt(refusal, 'verdict', 'reasons').map(String).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
