import { useText } from '../../i18n.ts';
import { useWorkspaceState } from '../../workspace-context.ts';
import { CATEGORIES, LINES } from './legend-rows.ts';

/** How to read the picture, on the picture itself: for those who only get to see an image of it. */
export function Legend() {
  const t = useText();
  const present = useWorkspaceState(({ scene }) =>
    CATEGORIES.filter((category) => scene.cards.some((card) => card.category === category)).join(' '),
  ).split(' ');
  return (
    <div className="drawn-legend-body">
      <ul>
        {CATEGORIES.filter((category) => present.includes(category)).map((category) => (
          <li key={category}>
            <span className={`legend-mark category-${category}`} aria-hidden /> {t(`canvas:category.${category}`)}
          </li>
        ))}
      </ul>
      <ul>
        {LINES.map((line) => (
          <li key={line}>
            <span className={`line-sample line-${line}`} aria-hidden /> {t(`canvas:line.${line}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}
