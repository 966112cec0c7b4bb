import type { ReferenceLine } from '../../kinds/reference.ts';
import { useText } from '../i18n.ts';
import { sceneOf, useWorkspaceStateSoon } from '../workspace-context.ts';

const CATEGORIES = ['workload', 'network', 'config', 'storage', 'access', 'cluster', 'custom'] as const;
const LINES = ['reference', 'selector', 'owner', 'traffic'] as const satisfies readonly ReferenceLine[];

/** Nothing is selected: how to read the picture, and how much of each there is. */
export function Overview() {
  const t = useText();
  const scene = useWorkspaceStateSoon(sceneOf);
  const counts = new Map<string, number>();
  for (const { ghost, category } of scene.cards) if (!ghost) counts.set(category, (counts.get(category) ?? 0) + 1);
  return (
    <div className="inspector overview">
      <h2 className="visually-hidden">{t('shell:inspector')}</h2>
      <p>{t('inspector:selectTip')}</p>
      <h3>{t('inspector:legendCards')}</h3>
      <ul className="legend">
        {CATEGORIES.filter((category) => counts.has(category)).map((category) => (
          <li key={category}>
            <span className={`legend-mark category-${category}`} aria-hidden />
            <span>{t(`canvas:category.${category}`)}</span>
            <span className="quiet">{counts.get(category)}</span>
          </li>
        ))}
        {scene.cards.some((card) => card.ghost) && (
          <li>
            <span className="legend-mark legend-ghost" aria-hidden />
            <span>{t('inspector:legendGhost')}</span>
          </li>
        )}
      </ul>
      <h3>{t('inspector:legendEdges')}</h3>
      <ul className="legend">
        {LINES.map((line) => (
          <li key={line}>
            <span className={`line-sample line-${line}`} aria-hidden />
            <span>{t(`canvas:line.${line}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
