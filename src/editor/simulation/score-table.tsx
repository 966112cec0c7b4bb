import { arrayAt, isJsonObject, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { useText } from '../i18n.ts';

/** The scheduler's reckoning: which plugin refused which Node, and what each of the rest scored. */
export function ScoreTable({ detail }: { readonly detail: Readonly<Record<string, unknown>> }) {
  const t = useText();
  const chosen = stringAt(detail, 'node');
  const scores = arrayAt(detail, 'scores').filter(isJsonObject);
  const rejected = objectAt(detail, 'rejected') ?? {};
  const plugins = [...new Set(scores.flatMap((score) => Object.keys(objectAt(score, 'byPlugin') ?? {})))];
  const sorted = scores.toSorted((a, b) => (numberAt(b, 'total') ?? 0) - (numberAt(a, 'total') ?? 0));
  return (
    <div className="sim-scores">
      <table>
        <thead>
          <tr>
            <th scope="col">Node</th>
            {plugins.map((plugin) => (
              <th key={plugin} scope="col">
                {plugin}
              </th>
            ))}
            <th scope="col">{t('simulation:total')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((score) => {
            const node = stringAt(score, 'node') ?? '';
            return (
              <tr key={node} className={node === chosen ? 'sim-chosen' : ''}>
                <th scope="row">
                  {node}
                  {node === chosen && ' ✓'}
                </th>
                {plugins.map((plugin) => (
                  <td key={plugin}>{numberAt(score, 'byPlugin', plugin, 'score') ?? ''}</td>
                ))}
                <td>{numberAt(score, 'total')}</td>
              </tr>
            );
          })}
          {Object.entries(rejected).map(([node, refusal]) => (
            <tr key={node} className="sim-rejected">
              <th scope="row">{node}</th>
              <td colSpan={plugins.length + 1}>
                {stringAt(refusal, 'plugin')}: {arrayAt(refusal, 'verdict', 'reasons').map(String).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
