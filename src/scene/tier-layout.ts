import type { Category } from '../kinds/kind.ts';
import type { Placement } from '../design/design.ts';
import type { UnplacedCard } from './scene-cards.ts';

const GAP_X = 40;
const GAP_Y = 24;

/** Left to right as requests flow. */
const TIERS: readonly Category[] = ['network', 'workload', 'config', 'storage', 'access', 'cluster', 'custom'];

/**
 * Places cards in columns by category without looking at edges: in linear time, for frames with more cards than a
 * layered layout can take in a second, and for what comes before the real layout has loaded.
 */
export function tierLayout(cards: readonly UnplacedCard[]): ReadonlyMap<string, Placement> {
  const rows = Math.max(1, Math.ceil(Math.sqrt(cards.length * 1.2)));
  const placements = new Map<string, Placement>();
  let x = 0;
  for (const tier of TIERS) {
    const members = cards.filter(({ category }) => category === tier);
    for (let start = 0; start < members.length; start += rows) {
      const column = members.slice(start, start + rows);
      let y = 0;
      for (const card of column) {
        placements.set(card.id, { x, y });
        y += card.height + GAP_Y;
      }
      x += Math.max(...column.map(({ width }) => width)) + GAP_X;
    }
  }
  return placements;
}
