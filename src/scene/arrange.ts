import { objectIdentity } from '../apimachinery/object-identity.ts';
import type { Placement } from '../design/design.ts';
import { compareStrings } from '../base/compare.ts';
import { frameGraph, framesGraph, readFrameGraph } from './layout-graph.ts';
import type { LayoutKernel } from './layout-graph.ts';
import { bandLayout } from './band-layout.ts';
import { CARD_WIDTH, FRAME_GAP, FRAME_HEADER, FRAME_PADDING } from './metrics.ts';
import { routeAround } from './route-around.ts';
import { CLUSTER_FRAME } from './scene-cards.ts';
import type { UnplacedCard } from './scene-cards.ts';
import type { UnroutedEdge } from './scene-edges.ts';
import type { SceneModel } from './scene-model.ts';
import type { Point, Scene, SceneCard, SceneEdge, SceneFrame } from './scene.ts';

/** Above this many cards or lines in one frame the layered layout takes too long: 600 cards take about half a second. */
export const LAYERED_LIMIT = 600;
const LAYERED_EDGE_LIMIT = 1_500;
/** Above this many cards in all, hundreds of frames would each take their turn: nine seconds for ten thousand cards. */
const LARGE_PICTURE = 1_500;

/** Where cards and frames stand, and how edges bend; relative to the frame for cards and for edges inside it. */
export interface Arrangement {
  readonly placements: ReadonlyMap<string, Placement>;
  /** Bends relative to the frame of both ends; good as long as both ends stand where they stood. */
  readonly routes: ReadonlyMap<string, Route>;
}

export interface Route {
  readonly points: readonly Point[];
  /** Places of the ends when the route was made. */
  readonly from: Placement;
  readonly to: Placement;
}

export const EMPTY_ARRANGEMENT: Arrangement = { placements: new Map(), routes: new Map() };

/**
 * Gives a place to everything that has none and leaves everything else where it is. A frame none of whose cards has a
 * place is laid out by the kernel; a new card in a frame that has been laid out goes beside a neighbour.
 */
export async function arrange(model: SceneModel, known: Arrangement, kernel: LayoutKernel): Promise<Arrangement> {
  const placements = new Map(known.placements);
  const routes = new Map(known.routes);
  const cardsOf = byFrame(model.cards);
  const edgesOf = edgesByFrame(model.cards, model.edges);
  const frames = model.frames.map(({ id }) => id).sort(frameOrder);
  takeGhostPlaces(model.cards, placements);
  for (const id of frames) {
    const members = cardsOf.get(id) ?? [];
    const edges = edgesOf.get(id) ?? [];
    if (members.some((card) => placements.has(card.id))) placeBeside(members, edges, placements);
    else if (members.length > 0) {
      const inside = await arrangeFrame(id, members, edges, model.cards.length > LARGE_PICTURE, kernel);
      for (const [card, placement] of inside.placements) placements.set(card, placement);
      for (const [edge, route] of inside.routes) routes.set(edge, route);
    }
  }
  const box = (id: string): Box => ({ id, ...frameSize(placedCards(cardsOf.get(id) ?? [], placements)) });
  await placeFrames(frames.map(box), placements, kernel);
  return { placements, routes };
}

/** What was missing and is there now stands where it was missed. */
function takeGhostPlaces(cards: readonly UnplacedCard[], placements: Map<string, Placement>): void {
  for (const { id, ghost, group, kind, frame, name } of cards) {
    if (ghost || placements.has(id)) continue;
    const identity = objectIdentity({ group, kind }, frame.slice(CLUSTER_FRAME.length), name);
    const at = placements.get(`ghost:${identity}`);
    if (at) placements.set(id, at);
  }
}

interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** Packs frames when none has a place; otherwise new ones go below what is there. */
async function placeFrames(
  boxes: readonly Box[],
  placements: Map<string, Placement>,
  kernel: LayoutKernel,
): Promise<void> {
  const missing = boxes.filter(({ id }) => !placements.has(id));
  if (missing.length === 0) return;
  let bottom = 0;
  for (const { id, height } of boxes) {
    const at = placements.get(id);
    if (at) bottom = Math.max(bottom, at.y + height + FRAME_GAP);
  }
  const packed = await kernel(framesGraph(missing));
  for (const { id, x = 0, y = 0 } of packed.children ?? [])
    placements.set(id, { x: Math.round(x), y: Math.round(y) + bottom });
}

function placedCards(cards: readonly UnplacedCard[], placements: ReadonlyMap<string, Placement>): readonly SceneCard[] {
  return cards.map((card) => {
    const at = placements.get(card.id);
    return { ...card, ...point(at), ...(at?.drawn?.['locked'] === true ? { locked: true } : {}) };
  });
}

async function arrangeFrame(
  id: string,
  cards: readonly UnplacedCard[],
  edges: readonly UnroutedEdge[],
  large: boolean,
  kernel: LayoutKernel,
): Promise<Arrangement> {
  const layered = !large && cards.length <= LAYERED_LIMIT && edges.length <= LAYERED_EDGE_LIMIT;
  const laid = layered ? readFrameGraph(await kernel(frameGraph(id, cards, edges))) : bandLayout(cards, edges);
  const placements = shifted(laid.cards);
  const routes = new Map<string, Route>();
  for (const { id: edge, from, to } of edges) {
    const points = laid.edges.get(edge) ?? [];
    routes.set(edge, { points: points.map(shift), from: placements.get(from)!, to: placements.get(to)! });
  }
  return { placements, routes };
}

/** Makes room for the frame's border and title. */
function shift({ x, y }: Point): Point {
  return { x: Math.round(x) + FRAME_PADDING, y: Math.round(y) + FRAME_HEADER + FRAME_PADDING };
}

function shifted(placements: ReadonlyMap<string, Point>): ReadonlyMap<string, Placement> {
  return new Map([...placements].map(([id, at]) => [id, shift(at)]));
}

function placeBeside(
  members: readonly UnplacedCard[],
  edges: readonly UnroutedEdge[],
  placements: Map<string, Placement>,
): void {
  const placed = [
    ...placedCards(
      members.filter(({ id }) => placements.has(id)),
      placements,
    ),
  ];
  for (const card of members) {
    if (placements.has(card.id)) continue;
    const at = freePlace(card, placed, edges);
    placements.set(card.id, at);
    placed.push({ ...card, ...at });
  }
}

/** Room that a new card keeps from its neighbours. */
const CLEARANCE = 16;

function freePlace(card: UnplacedCard, placed: readonly SceneCard[], edges: readonly UnroutedEdge[]): Point {
  const start = startPlace(card, placed, edges);
  const overlaps =
    (y: number) =>
    (other: SceneCard): boolean =>
      start.x < other.x + other.width + CLEARANCE &&
      other.x < start.x + card.width + CLEARANCE &&
      y < other.y + other.height + CLEARANCE &&
      other.y < y + card.height + CLEARANCE;
  let { y } = start;
  for (let hit = placed.find(overlaps(y)); hit; hit = placed.find(overlaps(y))) y = hit.y + hit.height + CLEARANCE;
  return { x: start.x, y };
}

function startPlace(card: UnplacedCard, placed: readonly SceneCard[], edges: readonly UnroutedEdge[]): Point {
  const first = { x: FRAME_PADDING, y: FRAME_HEADER + FRAME_PADDING };
  for (const { from, to } of edges) {
    const neighbour = placed.find(({ id }) => (id === from && to === card.id) || (id === to && from === card.id));
    if (!neighbour) continue;
    const step = CARD_WIDTH + 56;
    return { x: Math.max(first.x, neighbour.x + (neighbour.id === from ? step : -step)), y: neighbour.y };
  }
  return first;
}

/** The scene with everything in its place. Frames are as large as what they hold, and never smaller than asked for. */
export function placeScene(model: SceneModel, arrangement: Arrangement): Scene {
  const cards = placedCards(model.cards, arrangement.placements);
  const cardsOf = byFrame(cards);
  const frames: SceneFrame[] = model.frames.map((frame) => {
    const at = arrangement.placements.get(frame.id);
    const size = frameSize(cardsOf.get(frame.id) ?? []);
    return {
      ...frame,
      kind: frame.id === CLUSTER_FRAME ? 'cluster' : 'namespace',
      title: frame.id.slice(CLUSTER_FRAME.length),
      ...point(at),
      width: Math.max(size.width, at?.width ?? 0),
      height: Math.max(size.height, at?.height ?? 0),
    };
  });
  const frameOf = new Map(frames.map((frame) => [frame.id, frame]));
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  return routeAround({
    frames,
    cards,
    edges: model.edges.map((edge) => ({ ...edge, points: bends(edge, arrangement, cardOf, frameOf) })),
  });
}

function point(placement: Placement | undefined): Point {
  return { x: placement?.x ?? 0, y: placement?.y ?? 0 };
}

/** The route in absolute units, unless one of its ends has moved since it was made. */
function bends(
  edge: UnroutedEdge,
  arrangement: Arrangement,
  cards: ReadonlyMap<string, SceneCard>,
  frames: ReadonlyMap<string, SceneFrame>,
): SceneEdge['points'] {
  const route = arrangement.routes.get(edge.id);
  const from = cards.get(edge.from);
  const to = cards.get(edge.to);
  if (!route || !from || !to || from.frame !== to.frame) return [];
  if (!same(route.from, from) || !same(route.to, to)) return [];
  const frame = frames.get(from.frame)!;
  return route.points.map(({ x, y }) => ({ x: x + frame.x, y: y + frame.y }));
}

function same(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}

function frameSize(
  cards: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[],
): {
  readonly width: number;
  readonly height: number;
} {
  let width = CARD_WIDTH;
  let height = FRAME_HEADER;
  for (const card of cards) {
    width = Math.max(width, card.x + card.width);
    height = Math.max(height, card.y + card.height);
  }
  return { width: width + FRAME_PADDING, height: height + FRAME_PADDING };
}

function byFrame<Card extends UnplacedCard>(cards: readonly Card[]): ReadonlyMap<string, readonly Card[]> {
  const frames = new Map<string, Card[]>();
  for (const card of cards) {
    const list = frames.get(card.frame);
    if (list) list.push(card);
    else frames.set(card.frame, [card]);
  }
  return frames;
}

function edgesByFrame(
  cards: readonly UnplacedCard[],
  edges: readonly UnroutedEdge[],
): ReadonlyMap<string, readonly UnroutedEdge[]> {
  const frameOf = new Map(cards.map(({ id, frame }) => [id, frame]));
  const grouped = new Map<string, UnroutedEdge[]>();
  for (const edge of edges) {
    const frame = frameOf.get(edge.from);
    if (frame === undefined || frame !== frameOf.get(edge.to)) continue;
    const list = grouped.get(frame);
    if (list) list.push(edge);
    else grouped.set(frame, [edge]);
  }
  return grouped;
}

/** Namespaces by name; what belongs to none comes last. */
function frameOrder(a: string, b: string): number {
  if (a === CLUSTER_FRAME || b === CLUSTER_FRAME) return a === b ? 0 : a === CLUSTER_FRAME ? 1 : -1;
  return compareStrings(a, b);
}
