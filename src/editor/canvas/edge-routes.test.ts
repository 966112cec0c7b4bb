import { describe, expect, it } from 'vitest';
import type { Scene, SceneCard, SceneEdge } from '../../scene/scene.ts';
import { edgeRouter, labelBox } from './edge-routes.ts';
import { contains, overlaps } from './geometry.ts';
import type { Box } from './geometry.ts';

const card = (id: string, x: number, y: number): SceneCard => ({
  id,
  record: id,
  ghost: false,
  frame: 'frame:',
  group: '',
  kind: 'Pod',
  category: 'workload',
  kindWord: 'Pod',
  name: id,
  errors: 0,
  warnings: 0,
  x,
  y,
  width: 200,
  height: 60,
});
const edge = (id: string, from: string, to: string, parts: Partial<SceneEdge> = {}): SceneEdge => ({
  id,
  from,
  to,
  line: 'reference',
  resolved: true,
  label: '',
  references: [],
  points: [],
  ...parts,
});
const scene = (cards: readonly SceneCard[], edges: readonly SceneEdge[]): Scene => ({ frames: [], cards, edges });

/** Points along the path, curves included. */
function walk(path: string): { x: number; y: number }[] {
  const numbers = [...path.matchAll(/-?[\d.]+/g)].map(([text]) => Number(text));
  const points = numbers.flatMap((x, at) => (at % 2 === 0 ? [{ x, y: numbers[at + 1]! }] : []));
  const [a, c, d, b] = points;
  if (!path.includes('C') || !a || !b || !c || !d) return points;
  return Array.from({ length: 41 }, (_, step) => {
    const t = step / 40;
    const u = 1 - t;
    const along = (p: number, q: number, r: number, s: number) =>
      u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
    return { x: along(a.x, c.x, d.x, b.x), y: along(a.y, c.y, d.y, b.y) };
  });
}
const boxOf = ({ x, y, width, height }: SceneCard): Box => ({ x, y, width, height });

describe('edgeRouter', () => {
  const left = card('left', 0, 0);
  const right = card('right', 400, 0);

  it('leaves at a side and enters at a side', () => {
    const route = edgeRouter()(scene([left, right], [edge('e', 'left', 'right')])).get('e')!;
    const points = walk(route.path);
    expect(points[0]).toEqual({ x: 200, y: 30 });
    expect(points[points.length - 1]!.y).toBe(30);
    expect(route.head).toMatch(/^M400,30/);
  });

  it('goes around a card that stands between', () => {
    const between = card('between', 250, 0);
    const far = card('far', 550, 0);
    const route = edgeRouter()(scene([left, between, far], [edge('e', 'left', 'far')])).get('e')!;
    expect(walk(route.path).some((point) => contains(boxOf(between), point))).toBe(false);
  });

  it('separates edges that share a side', () => {
    const routes = edgeRouter()(scene([left, right], [edge('a', 'left', 'right'), edge('b', 'left', 'right')]));
    expect(routes.get('a')!.path).not.toBe(routes.get('b')!.path);
  });

  it('keeps the bends it is given, and brings the ends to the cards', () => {
    const bends = [
      { x: 195, y: 30 },
      { x: 300, y: 30 },
      { x: 300, y: 200 },
      { x: 420, y: 200 },
    ];
    const low = card('low', 410, 170);
    const route = edgeRouter()(scene([left, low], [edge('e', 'left', 'low', { points: bends })])).get('e')!;
    expect(route.path).toMatch(/^M200,30/);
    expect(route.head).toMatch(/^M410,200/);
  });

  it('puts labels on no card and on no other label, and hides one that finds no place', () => {
    const cards = [left, card('near', 240, 0), card('under', 120, 70), card('over', 120, -70)];
    const label = 'app.kubernetes.io/name=web';
    const edges = ['a', 'b', 'c'].map((id) => edge(id, 'left', 'near', { label }));
    const routes = [...edgeRouter()(scene(cards, edges)).values()];
    const boxes = routes.filter(({ labelHidden }) => !labelHidden).map(({ label: at }) => labelBox(label, at));
    for (const [index, box] of boxes.entries()) {
      for (const other of [...cards.map(boxOf), ...boxes.slice(0, index)]) expect(overlaps(box, other)).toBe(false);
    }
    expect(boxes.length).toBeLessThan(3);
  });

  it('keeps the routes of what did not change, and routes anew what moved', () => {
    const router = edgeRouter();
    const bent = edge('bent', 'left', 'right', {
      points: [
        { x: 200, y: 30 },
        { x: 400, y: 30 },
      ],
    });
    const free = edge('free', 'left', 'low');
    const before = router(scene([left, right, card('low', 0, 300)], [bent, free]));
    const after = router(scene([left, right, card('low', 0, 400)], [bent, free]));
    expect(after.get('bent')).toBe(before.get('bent'));
    expect(after.get('free')!.path).not.toBe(before.get('free')!.path);
  });
});
