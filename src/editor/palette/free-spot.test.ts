import { describe, expect, it } from 'vitest';
import type { Scene, SceneCard, SceneFrame } from '../../scene/scene.ts';
import { freeSpot } from './free-spot.ts';

const SIZE = { width: 208, height: 80 };
const frame = (id: string, x: number, y: number, width: number, height: number): SceneFrame => ({
  id: `frame:${id}`,
  kind: 'namespace',
  title: id,
  x,
  y,
  width,
  height,
});
const card = (id: string, x: number, y: number): SceneCard => ({
  id,
  record: id,
  ghost: false,
  frame: 'frame:a',
  group: '',
  kind: 'ConfigMap',
  kindWord: 'ConfigMap',
  category: 'config',
  name: id,
  errors: 0,
  warnings: 0,
  x,
  y,
  ...SIZE,
});
const sceneOf = (frames: readonly SceneFrame[], cards: readonly SceneCard[]): Scene => ({ frames, cards, edges: [] });

function overlaps(scene: Scene, at: { readonly x: number; readonly y: number }): boolean {
  return scene.cards.some(
    ({ x, y, width, height }) =>
      at.x < x + width && x < at.x + SIZE.width && at.y < y + height && y < at.y + SIZE.height,
  );
}

describe('a sensible place for something new', () => {
  const own = frame('a', 0, 0, 800, 400);

  it('is where it was wanted, when nothing stands there', () => {
    expect(freeSpot(sceneOf([own], [card('one', 24, 60)]), own, SIZE, { x: 400, y: 200 })).toEqual({ x: 400, y: 200 });
  });

  it('is beside what stands there, inside the frame', () => {
    const scene = sceneOf([own], [card('one', 400, 200)]);
    const at = freeSpot(scene, own, SIZE, { x: 400, y: 200 });
    expect(overlaps(scene, at)).toBe(false);
    expect(at.x + SIZE.width).toBeLessThanOrEqual(own.width);
    expect(at.y + SIZE.height).toBeLessThanOrEqual(own.height);
  });

  it.each([
    ['below, when the frame is full', [], { x: 24, y: 164 }],
    ['to the right, when another frame lies below', [frame('b', 0, 200, 300, 100)], { x: 256, y: 60 }],
  ])('is %s', (_, others, expected) => {
    const full = frame('a', 0, 0, 256, 164);
    const scene = sceneOf([full, ...others], [card('one', 24, 60)]);
    expect(freeSpot(scene, full, SIZE, { x: 24, y: 60 })).toEqual(expected);
  });
});
