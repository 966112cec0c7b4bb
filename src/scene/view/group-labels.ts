import type { Scene } from '../scene.ts';
import { APP_LABELS } from './fold-scene.ts';
import { labelsOfCard } from './group-scene.ts';
import type { Labelled } from './group-scene.ts';

/** A label by which cards can be grouped. */
export interface GroupLabel {
  readonly key: string;
  /** Cards that share a value of it with another. */
  readonly cards: number;
}

/** Labels of which two cards share a value: those that say what things belong to first, then what joins the most. */
export function groupLabels(scene: Scene, labelled: Labelled): readonly GroupLabel[] {
  const counts = new Map<string, Map<string, number>>();
  for (const card of scene.cards) {
    if (card.id !== card.record) continue;
    for (const [key, value] of labelsOfCard(card, labelled)) {
      const values = counts.get(key) ?? new Map<string, number>();
      const place = `${card.frame} ${value}`;
      counts.set(key, values.set(place, (values.get(place) ?? 0) + 1));
    }
  }
  const rank = ({ key }: GroupLabel): number => {
    const at = APP_LABELS.findIndex((label) => label === key);
    return at === -1 ? APP_LABELS.length : at;
  };
  return [...counts]
    .map(([key, values]) => ({
      key,
      cards: [...values.values()].reduce((sum, count) => sum + (count > 1 ? count : 0), 0),
    }))
    .filter(({ cards }) => cards > 0)
    .sort((a, b) => rank(a) - rank(b) || b.cards - a.cards || (a.key < b.key ? -1 : 1));
}
