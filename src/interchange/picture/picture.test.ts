import { describe, expect, it } from 'vitest';
import type { SceneDrawn } from '../../scene/scene.ts';
import { pictureOf } from './picture.ts';
import { wrapped } from './picture-text.ts';

const EMPTY = { frames: [], cards: [], edges: [] };
const place = { x: -500, y: -300, width: 200, height: 96 };

describe('what people drew', () => {
  it.each<readonly [SceneDrawn['drawn'], RegExp]>([
    [{ type: 'note', text: 'a < b\nsecond' }, /a &lt; b<\/tspan><tspan[^>]*>second</],
    [{ type: 'actor', what: 'database', text: '外部数据库' }, /<ellipse[^]*>外部数据库</],
    [{ type: 'title', text: 'Shop' }, /font-size="26"[^>]*>Shop</],
    [{ type: 'legend' }, />Workloads<[^]*stroke-dasharray="6 4"[^]*>Selection</],
  ])('is in the picture: %j', (drawn, expected) => {
    const svg = pictureOf(
      { ...EMPTY, drawn: [{ id: 'it', drawn, ...place }] },
      {
        legend: {
          categories: [{ category: 'workload', text: 'Workloads' }],
          lines: [{ line: 'selector', text: 'Selection' }],
        },
      },
    );
    expect(svg).toMatch(expected);
    // Nothing of it is cut off.
    expect(svg).toContain('viewBox="-532 -332 ');
  });

  it('lies below the cards or above them, as on the canvas', () => {
    const note = (id: string, order: number): SceneDrawn => ({
      id,
      drawn: { type: 'note', text: id, ...(order === 0 ? {} : { order }) },
      ...place,
    });
    const card = {
      id: 'c',
      ghost: false,
      frame: '',
      group: '',
      kind: 'Pod',
      kindWord: 'Pod',
      category: 'workload' as const,
      name: 'card',
      errors: 0,
      warnings: 0,
      ...place,
    };
    const svg = pictureOf({ ...EMPTY, cards: [card], drawn: [note('under', -1), note('over', 0)] });
    const at = (text: string): number => svg.indexOf(`>${text}<`);
    expect(at('under')).toBeLessThan(at('card'));
    expect(at('card')).toBeLessThan(at('over'));
  });
});

describe('lines', () => {
  it.each([
    ['one two three', 8, 5, ['one two', 'three']],
    ['一二三四五', 6, 5, ['一二三', '四五']],
    ['a\n\nb', 9, 5, ['a', '', 'b']],
    ['a b c d', 1, 2, ['a', 'b…']],
    ['unbreakable', 6, 2, ['unbre…']],
    ['', 6, 2, ['']],
  ])('of %j in %d places', (text, places, most, expected) => {
    expect(wrapped(text, places, most)).toEqual(expected);
  });
});
