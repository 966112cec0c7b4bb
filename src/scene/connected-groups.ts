import type { UnplacedCard } from './scene-cards.ts';
import type { UnroutedEdge } from './scene-edges.ts';

/** Cards that hang together, the largest group first, then in the order of the design. */
export function connectedGroups(
  cards: readonly UnplacedCard[],
  edges: readonly UnroutedEdge[],
): readonly (readonly UnplacedCard[])[] {
  const parent = new Map(cards.map(({ id }) => [id, id]));
  const root = (id: string): string => {
    let top = id;
    while (parent.get(top) !== top) top = parent.get(top)!;
    parent.set(id, top);
    return top;
  };
  for (const { from, to } of edges) parent.set(root(from), root(to));
  const groups = new Map<string, UnplacedCard[]>();
  for (const card of cards) {
    const key = root(card.id);
    const group = groups.get(key);
    if (group) group.push(card);
    else groups.set(key, [card]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
