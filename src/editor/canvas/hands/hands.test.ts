import { describe, expect, it } from 'vitest';
import type { Scene, SceneCard } from '../../../scene/scene.ts';
import { align, distribute, tidy } from './line-up.ts';
import { snapTo } from './snap.ts';
import { nextCard } from './walk.ts';

const card = (id: string, x: number, y: number, height = 50): SceneCard => ({
  id,
  record: id,
  ghost: false,
  frame: 'frame:shop',
  group: '',
  kind: 'Pod',
  kindWord: 'Pod',
  category: 'workload',
  name: id,
  errors: 0,
  warnings: 0,
  width: 100,
  height,
  x,
  y,
});

const A = card('a', 0, 0);
const B = card('b', 210, 30);
const C = card('c', 500, 10, 100);

describe('lining up', () => {
  it.each([
    ['left', { b: { x: 0, y: 30 }, c: { x: 0, y: 10 } }],
    ['right', { a: { x: 500, y: 0 }, b: { x: 500, y: 30 } }],
    ['top', { b: { x: 210, y: 0 }, c: { x: 500, y: 0 } }],
    ['bottom', { a: { x: 0, y: 60 }, b: { x: 210, y: 60 } }],
    ['middle', { a: { x: 0, y: 30 }, c: { x: 500, y: 5 } }],
  ] as const)('to the %s', (edge, places) => {
    expect(Object.fromEntries(align([A, B, C], edge))).toEqual(places);
  });

  it('gives neighbours the same room, and leaves the outermost', () => {
    expect(Object.fromEntries(distribute([C, A, B], 'x'))).toEqual({ b: { x: 250, y: 30 } });
    expect(distribute([A, B], 'x').size).toBe(0);
  });

  it('lays some cards out anew without an overlap, from where they began', () => {
    const scene = { frames: [], cards: [A, B, C], edges: [] };
    const places = tidy([card('a', 40, 40), card('b', 50, 50), card('c', 60, 60)], scene);
    const boxes = [{ x: 40, y: 40 }, ...places.values()];
    expect(new Set(boxes.map(({ x, y }) => `${x},${y}`)).size).toBe(3);
    for (const { x, y } of boxes) expect(Math.min(x, y)).toBeGreaterThanOrEqual(40);
  });
});

describe('snapping', () => {
  it('pulls an edge or a middle onto the nearest one in reach, with a guide along both', () => {
    const snapped = snapTo({ x: 204, y: 200, width: 100, height: 50 }, [B], 8);
    expect(snapped).toEqual({ dx: 6, dy: 0, guides: [{ axis: 'x', at: 210, from: 30, to: 250 }] });
    expect(snapTo({ x: 400, y: 400, width: 10, height: 10 }, [A, B], 8).guides).toEqual([]);
  });
});

describe('walking', () => {
  const edge = {
    id: 'e',
    from: 'a',
    to: 'c',
    line: 'reference',
    resolved: true,
    label: '',
    references: [],
    points: [],
  } as const;
  const frame = { id: 'frame:shop', kind: 'namespace', title: 'shop', x: 0, y: 0, width: 900, height: 300 } as const;
  const scene: Scene = { frames: [frame], cards: [A, B, C], edges: [edge] };

  it('goes along a line before it goes to what is nearer', () => {
    expect(nextCard(scene, 'a', 'right')).toBe('c');
    expect(nextCard({ ...scene, edges: [] }, 'a', 'right')).toBe('b');
    expect(nextCard(scene, 'c', 'left')).toBe('a');
    expect(nextCard(scene, 'a', 'up')).toBeUndefined();
  });
});
