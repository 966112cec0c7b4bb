import { describe, expect, it } from 'vitest';
import { EMPTY_ARRANGEMENT, placeScene } from '../arrange.ts';
import { sceneModel } from '../scene-model.ts';
import { contextOf, designOf } from '../../design/testing/design-of.ts';
import { foldScene } from './fold-scene.ts';
import { groupBoxes } from './group-boxes.ts';
import { groupLabels } from './group-labels.ts';
import { withGroups } from './group-scene.ts';
import { WHOLE_VIEW } from './view.ts';

const config = (name: string, labels: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop, labels: {${labels}}}\n`;
const design = designOf(
  [
    config('a', 'app.kubernetes.io/part-of: till, tier: x'),
    config('b', 'app.kubernetes.io/part-of: till, tier: x'),
    config('c', 'app.kubernetes.io/part-of: alone, tier: x'),
    config('d', 'other: y'),
  ].join('---\n'),
);
const { graph, registry } = contextOf(design);
const placed = placeScene(sceneModel(design, graph, [], registry), EMPTY_ARRANGEMENT);
/** One beneath the other: a, c, b, d. */
const ROWS = ['a', 'c', 'b', 'd'];
const scene = {
  ...placed,
  cards: placed.cards.map((card) => ({ ...card, x: 12, y: 40 + 120 * ROWS.indexOf(card.name) })),
};
const seen = { ...WHOLE_VIEW, groupBy: 'app.kubernetes.io/part-of' };

describe('groups by label', () => {
  it('are of cards of one frame that share a value, and of no single card', () => {
    const { groups } = withGroups(scene, { design, registry }, seen);
    expect(new Set(groups?.map(({ title, cards }) => `${title} ${cards}`))).toEqual(new Set(['till 2']));
  });

  it('hold every card of theirs and none of another', () => {
    const frame = scene.frames.find(({ title }) => title === 'shop')!;
    const { groups = [] } = withGroups(scene, { design, registry }, seen);
    const inside = (name: string): boolean => {
      const card = scene.cards.find((one) => one.name === name)!;
      return groups.some(
        (box) =>
          box.x < frame.x + card.x + card.width &&
          frame.x + card.x < box.x + box.width &&
          box.y < frame.y + card.y + card.height &&
          frame.y + card.y < box.y + box.height,
      );
    };
    expect(['a', 'b', 'c', 'd'].map(inside)).toEqual([true, true, false, false]);
  });

  it('fold to one card each', () => {
    const folded = { ...seen, foldedGroups: new Set(['app:frame:shop/till']) };
    const shown = foldScene(scene, { design, registry }, new Map(), folded);
    expect(shown.cards.map(({ name, members }) => `${name} ${members ?? 1}`)).toEqual(['till 2', 'c 1', 'd 1']);
    expect(withGroups(shown, { design, registry }, folded).groups).toBeUndefined();
  });

  it('are offered by what says what a thing belongs to, then by how much they join', () => {
    expect(groupLabels(scene, { design, registry })).toEqual([
      { key: 'app.kubernetes.io/part-of', cards: 2 },
      { key: 'tier', cards: 3 },
    ]);
  });
});

describe('boxes', () => {
  const card = (x: number, y: number) => ({ x, y, width: 100, height: 50 });

  it('are one where nothing else is in it, and more where something is', () => {
    expect(groupBoxes([card(0, 0), card(400, 0)], [card(0, 300)])).toEqual([
      { x: -10, y: -24, width: 520, height: 84 },
    ]);
    expect(groupBoxes([card(0, 0), card(0, 100), card(400, 0)], [card(200, 0)])).toEqual([
      { x: -10, y: -24, width: 120, height: 184 },
      { x: 390, y: -24, width: 120, height: 84 },
    ]);
  });
});
