import { expect, it } from 'vitest';
import type { ElkNode } from '../../scene/layout-graph.ts';
import { compareDesigns } from './compare-designs.ts';

const config = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { a: "${value}" } # ${name}\n`;
const side = (...texts: readonly string[]) => [{ path: 'all.yaml', content: texts.join('---\n') }];
/** Boxes in a row. */
const inRow = (graph: ElkNode): Promise<ElkNode> =>
  Promise.resolve({ ...graph, children: (graph.children ?? []).map((child, at) => ({ ...child, x: at * 300, y: 0 })) });

it('draws both sides with what they share in one place, and has the text of each difference', async () => {
  const before = side(config('same', '1'), config('gone', '2'), config('other', '3'), config('old', '4'));
  const after = side(config('new', '4'), config('same', '1'), config('other', '5'), config('fresh', '6'));
  const compared = await compareDesigns({ before, after }, inRow);
  const found = compared.differences.map(({ id, change, from }) => [change, from, id]);
  expect(found.sort()).toEqual([
    ['added', undefined, 'ConfigMap/default/fresh'],
    ['changed', undefined, 'ConfigMap/default/other'],
    ['removed', undefined, 'ConfigMap/default/gone'],
    ['renamed', 'ConfigMap/default/old', 'ConfigMap/default/new'],
  ]);
  expect(compared.same).toBe(1);
  const text = compared.differences.find(({ change }) => change === 'changed');
  expect([text?.was, text?.is]).toEqual([config('other', '3'), config('other', '5')]);
  const placeOn = (which: 'before' | 'after', id: string) => {
    const { scene, cards } = compared[which];
    const card = scene.cards.find((one) => one.id === cards.get(id));
    return card && [card.x, card.y];
  };
  for (const name of ['same', 'other'])
    expect(placeOn('before', `ConfigMap/default/${name}`)).toEqual(placeOn('after', `ConfigMap/default/${name}`));
  expect(placeOn('before', 'ConfigMap/default/old')).toEqual(placeOn('after', 'ConfigMap/default/new'));
  // What is gone has a place that nothing else takes.
  const taken = compared.after.scene.cards.map(({ x, y }) => `${x} ${y}`);
  expect(taken).not.toContain(placeOn('before', 'ConfigMap/default/gone')?.join(' '));
  const [frame, other] = [compared.before.scene.frames[0], compared.after.scene.frames[0]];
  expect([frame?.width, frame?.height]).toEqual([other?.width, other?.height]);
});
