import { lifeFigure } from '../simulation/card-life-view.ts';
import type { CardLife } from '../simulation/card-life.ts';
import type { Box } from './geometry.ts';

/** How something fares in the cluster that runs, in one word. */
export const FARES = ['well', 'waits', 'refused'] as const;
type Fares = (typeof FARES)[number];

/** What is drawn of a card's object from far away. */
export interface FarLife {
  readonly isThere: boolean;
  readonly fares: Fares;
  /** `2/3`; '' where there is nothing to count. */
  readonly figure: string;
  /** Of what is wanted, how much is ready, 0 to 1; undefined where there is nothing to count. */
  readonly share: number | undefined;
}

/** What a card says of its object from so far away that it has room for a figure and a bar. */
export function farLifeOf(life: CardLife): FarLife {
  const [ready, wanted] = amounts(life);
  const isWell = life.isThere && life.node !== 'False' && life.node !== 'Unknown' && (ready ?? 0) >= (wanted ?? 0);
  return {
    isThere: life.isThere,
    fares: life.refusal === undefined ? (isWell ? 'well' : 'waits') : 'refused',
    figure: lifeFigure(life),
    share: wanted === undefined ? undefined : wanted === 0 ? 1 : Math.min(1, (ready ?? 0) / wanted),
  };
}

function amounts({ isThere, counts, endpoints, pods }: CardLife): readonly [ready?: number, wanted?: number] {
  if (!isThere) return [];
  if (counts) return [counts.ready, counts.desired];
  if (endpoints) return [endpoints.filter(({ state }) => state === 'ready').length, endpoints.length];
  if (pods === undefined || pods.length === 0) return [];
  return [pods.filter(({ state }) => state === 'ready' || state === 'succeeded').length, pods.length];
}

/**
 * Draws it on a card: a bar along the lower edge, as long as what is ready, and a rim where the server has refused its
 * last change. Form and length say it as well as colour.
 */
export function drawLife(
  pen: CanvasRenderingContext2D,
  { fares, share }: FarLife,
  at: Box,
  colours: ReadonlyMap<string, string>,
): void {
  const colour = colours.get(fares) ?? '';
  if (share !== undefined) {
    const height = Math.max(1.5, Math.min(4, at.height / 5));
    const [width, top] = [Math.max(1.5, at.width), at.y + Math.max(1.5, at.height) - height];
    pen.fillStyle = colours.get('track') ?? '';
    pen.fillRect(at.x, top, width, height);
    pen.fillStyle = colour;
    pen.fillRect(at.x, top, width * share, height);
  }
  if (fares !== 'refused') return;
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.strokeRect(at.x - 1, at.y - 1, at.width + 2, at.height + 2);
  pen.lineWidth = 1;
}
