import type { Category } from '../kinds/kind.ts';
import { connectedGroups } from './connected-groups.ts';
import type { UnplacedCard } from './scene-cards.ts';
import type { UnroutedEdge } from './scene-edges.ts';
import type { Point } from './scene.ts';

const GAP_X = 48;
const GAP_Y = 20;
const GROUP_GAP = 32;
/** Width to height that a frame aims at. */
const ASPECT = 1.6;

/** Left to right as requests flow. */
const TIERS: readonly Category[] = ['network', 'workload', 'config', 'storage', 'access', 'cluster', 'custom'];

export interface LaidOut {
  readonly cards: ReadonlyMap<string, Point>;
  readonly edges: ReadonlyMap<string, readonly Point[]>;
}

interface Placed extends Point {
  readonly card: UnplacedCard;
  readonly column: number;
}

/**
 * A layout in linear time, for pictures with more cards than the layered layout can take: each connected group is a
 * band with a column for each category, bands stand under each other, and lines turn in the gaps between columns.
 */
export function bandLayout(cards: readonly UnplacedCard[], edges: readonly UnroutedEdge[]): LaidOut {
  const bands = connectedGroups(cards, edges).map(bandOf);
  const area = bands.reduce((sum, { width, height }) => sum + (width + GROUP_GAP) * (height + GROUP_GAP), 0);
  const tallest = Math.max(...bands.map(({ height }) => height), Math.sqrt(area / ASPECT));
  const placed = new Map<string, Placed>();
  let [x, y, widest] = [0, 0, 0];
  for (const { members, width, height } of bands) {
    if (y > 0 && y + height > tallest) [x, y, widest] = [x + widest + GROUP_GAP, 0, 0];
    for (const member of members) placed.set(member.card.id, { ...member, x: member.x + x, y: member.y + y });
    y += height + GROUP_GAP;
    widest = Math.max(widest, width);
  }
  return {
    cards: new Map([...placed].map(([id, at]) => [id, { x: at.x, y: at.y }])),
    edges: new Map(edges.map(({ id, from, to }) => [id, wayOf(placed.get(from)!, placed.get(to)!)])),
  };
}

interface Band {
  readonly members: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

/** One group: its categories side by side; a category of very many cards takes several columns. */
function bandOf(cards: readonly UnplacedCard[]): Band {
  const rows = Math.max(4, Math.ceil(Math.sqrt(cards.length * ASPECT)));
  const members: Placed[] = [];
  let [x, column, height] = [0, 0, 0];
  for (const tier of TIERS) {
    const ofTier = cards.filter(({ category }) => category === tier);
    for (let start = 0; start < ofTier.length; start += rows) {
      const stack = ofTier.slice(start, start + rows);
      let y = 0;
      for (const card of stack) {
        members.push({ card, column, x, y });
        y += card.height + GAP_Y;
      }
      height = Math.max(height, y - GAP_Y);
      x += Math.max(...stack.map(({ width }) => width)) + GAP_X;
      column++;
    }
  }
  return { members, width: x - GAP_X, height };
}

/** From side to side through the gap beside the source; two cards of one column are joined on their right. */
function wayOf(from: Placed, to: Placed): readonly Point[] {
  const start = from.y + from.card.height / 2;
  const end = to.y + to.card.height / 2;
  const right = from.x + from.card.width;
  if (to.column === from.column) {
    const turn = right + GAP_X / 4;
    return corners({ x: right, y: start }, turn, { x: to.x + to.card.width, y: end });
  }
  if (to.column > from.column) return corners({ x: right, y: start }, right + GAP_X / 2, { x: to.x, y: end });
  return corners({ x: from.x, y: start }, from.x - GAP_X / 2, { x: to.x + to.card.width, y: end });
}

function corners(start: Point, turn: number, end: Point): readonly Point[] {
  return start.y === end.y ? [start, end] : [start, { x: turn, y: start.y }, { x: turn, y: end.y }, end];
}
