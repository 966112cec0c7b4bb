import { CAPTION_HEIGHT, CAPTION_MAX, captionWidth } from '../../scene/metrics.ts';
import type { Point, Scene, SceneEdge } from '../../scene/scene.ts';
import { bentLine, curveLine } from './edge-line.ts';
import type { Drawn } from './edge-line.ts';
import { chooseSides, slotsOf } from './edge-sides.ts';
import type { Ending, Planned } from './edge-sides.ts';
import { BoxGrid, cardBoxes } from './geometry.ts';
import type { Box } from './geometry.ts';

/** Where an edge runs and where its label stands. */
export interface Route extends Omit<Drawn, 'points'> {
  /** The label would lie on a card or another label: shown only when the edge is looked at. */
  readonly labelHidden: boolean;
}

/**
 * Routes the edges of scenes. Edges with bends keep them; the others leave and enter where they cross fewest cards. An
 * edge that did not change between two cards that did not move keeps its route.
 */
export function edgeRouter() {
  let known = new Map<SceneEdge, Route>();
  return (scene: Scene): ReadonlyMap<string, Route> => {
    const boxes = cardBoxes(scene);
    const places = new Places(boxes);
    const routes = new Map<string, Route>();
    const kept = new Map<SceneEdge, Route>();
    const bent: Ending[] = [];
    const free: Ending[] = [];
    let freeChanged = false;
    for (const edge of scene.edges) {
      const from = boxes.get(edge.from);
      const to = boxes.get(edge.to);
      if (!from || !to) continue;
      const before = known.get(edge);
      const still = before !== undefined && sameBox(before.from, from) && sameBox(before.to, to);
      const isBent = edge.points.length >= 2;
      if (still) kept.set(edge, before);
      if (!isBent) free.push({ edge, from, to });
      else if (!still) bent.push({ edge, from, to });
      freeChanged ||= !isBent && !still;
    }
    // Edges without bends share the sides of cards, so they are routed together or not at all.
    if (freeChanged) for (const { edge } of free) kept.delete(edge);
    for (const [edge, route] of kept) {
      routes.set(edge.id, route);
      places.keepLabel(edge, route);
    }
    for (const { edge, from, to } of bent) {
      const route = places.placeLabel(edge, bentLine(from, to, edge.points));
      routes.set(edge.id, route);
      kept.set(edge, route);
    }
    if (freeChanged) {
      for (const [edge, drawn] of routeFree(free, places.cards)) {
        const route = places.placeLabel(edge, drawn);
        routes.set(edge.id, route);
        kept.set(edge, route);
      }
    }
    known = kept;
    return routes;
  };
}

function routeFree(free: readonly Ending[], cards: BoxGrid): readonly (readonly [SceneEdge, Drawn])[] {
  const planned = free.map((ending): Planned => {
    const { edge, from, to } = ending;
    return { ...ending, ...chooseSides(from, to, [edge.from, edge.to], cards) };
  });
  const slots = slotsOf(planned);
  return planned.map((plan) => {
    const [startAt, endAt] = slots.get(plan.edge.id)!;
    return [plan.edge, curveLine(plan.from, plan.to, plan, startAt, endAt)];
  });
}

function sameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** Where cards and labels stand. The grid of cards is made when the first question is asked. */
class Places {
  private readonly boxes: ReadonlyMap<string, Box>;
  private readonly labels = new BoxGrid();
  private grid: BoxGrid | undefined;

  constructor(boxes: ReadonlyMap<string, Box>) {
    this.boxes = boxes;
  }

  get cards(): BoxGrid {
    if (!this.grid) {
      this.grid = new BoxGrid();
      for (const [id, box] of this.boxes) this.grid.add(id, box);
    }
    return this.grid;
  }

  keepLabel(edge: SceneEdge, { label, labelHidden }: Route): void {
    if (!labelHidden) this.labels.add(edge.id, labelBox(edge.label, label));
  }

  /** Puts the label at the first place of the edge that is free. */
  placeLabel(edge: SceneEdge, { points, ...route }: Drawn): Route {
    if (edge.label === '') return { ...route, label: points[0] ?? route.label, labelHidden: true };
    for (const point of points) {
      const box = labelBox(edge.label, point);
      if (this.cards.touches(box) || this.labels.touches(box)) continue;
      this.labels.add(edge.id, box);
      return { ...route, label: point, labelHidden: false };
    }
    return { ...route, label: points[0] ?? route.label, labelHidden: true };
  }
}

export function labelBox(text: string, { x, y }: Point): Box {
  const width = captionWidth(text.slice(0, CAPTION_MAX));
  return { x: x - width / 2, y: y - CAPTION_HEIGHT / 2, width, height: CAPTION_HEIGHT };
}

/** The route of one edge while a card at one of its ends is being moved. */
export function liveRoute(from: Box, to: Box): Route {
  const { start, end } = chooseSides(from, to, [], new BoxGrid());
  const { points: _points, ...route } = curveLine(from, to, { start, end }, 0.5, 0.5);
  return { ...route, labelHidden: false };
}
