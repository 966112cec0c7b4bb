import { readFileSync } from 'node:fs';
import Elk from 'elkjs/lib/elk.bundled.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf, designOf } from '../design/testing/design-of.ts';
import { findProblems } from '../design/checks/index.ts';
import { EMPTY_ARRANGEMENT, LAYERED_LIMIT, arrange, placeScene } from './arrange.ts';
import type { ElkNode } from './layout-graph.ts';
import { sceneModel } from './scene-model.ts';
import type { SceneModel } from './scene-model.ts';
import type { Scene, SceneCard } from './scene.ts';

const elk = new Elk() as unknown as { layout(graph: ElkNode): Promise<ElkNode> };
const kernel = (graph: ElkNode): Promise<ElkNode> => elk.layout(graph);

function modelOf(text: string): SceneModel {
  const context = contextOf(designOf(text));
  return sceneModel(context.design, context.graph, findProblems(context), context.registry);
}

async function sceneOf(model: SceneModel, known = EMPTY_ARRANGEMENT): Promise<Scene> {
  return placeScene(model, await arrange(model, known, kernel));
}

const shop = readFileSync(new URL('../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function expectNothingOverlaps(scene: Scene): void {
  const pairs = <Item extends Box>(items: readonly Item[]): readonly (readonly [Item, Item])[] =>
    items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));
  for (const [a, b] of pairs(scene.frames)) expect(overlap(a, b), `${a.id} and ${b.id}`).toBe(false);
  for (const { id } of scene.frames) {
    const cards = scene.cards.filter(({ frame }) => frame === id);
    for (const [a, b] of pairs(cards)) expect(overlap(a, b), `${a.name} and ${b.name}`).toBe(false);
  }
}

/** The card in canvas units, a little smaller, so that a line along its border does not count. */
function core(card: SceneCard, scene: Scene): Box {
  const frame = scene.frames.find(({ id }) => id === card.frame)!;
  return { x: card.x + frame.x + 2, y: card.y + frame.y + 2, width: card.width - 4, height: card.height - 4 };
}

function expectNoLineUnderACard(scene: Scene): void {
  for (const edge of scene.edges) {
    expect(edge.points.length, edge.id).toBeGreaterThan(1);
    for (let index = 1; index < edge.points.length; index++) {
      const [a, b] = [edge.points[index - 1]!, edge.points[index]!];
      const line = {
        x: Math.min(a.x, b.x),
        y: Math.min(a.y, b.y),
        width: Math.abs(a.x - b.x) || 0.1,
        height: Math.abs(a.y - b.y) || 0.1,
      };
      for (const card of scene.cards)
        expect(overlap(line, core(card, scene)), `${edge.id} under ${card.name}`).toBe(false);
    }
  }
}

describe('the arrangement of a picture', () => {
  it('puts every card in its namespace, and nothing on top of anything', async () => {
    const scene = await sceneOf(modelOf(shop));
    expect(scene.frames.map(({ title }) => title).sort()).toEqual(['', 'shop']);
    expect(scene.cards.map(({ name }) => name)).toContain('web-tls');
    expect(scene.cards.find(({ name }) => name === 'web-tls')!.ghost).toBe(true);
    expectNothingOverlaps(scene);
  });

  it('keeps frames around their cards', async () => {
    const scene = await sceneOf(modelOf(shop));
    for (const card of scene.cards) {
      const frame = scene.frames.find(({ id }) => id === card.frame)!;
      expect(card.x).toBeGreaterThan(0);
      expect(card.x + card.width).toBeLessThan(frame.width);
      expect(card.y + card.height).toBeLessThan(frame.height);
    }
  });

  it('draws no line under a card, between frames neither', async () => {
    const scene = await sceneOf(modelOf(shop));
    expect(scene.edges.length).toBeGreaterThan(10);
    expectNoLineUnderACard(scene);
  });

  it('is the same each time', async () => {
    expect(await sceneOf(modelOf(shop))).toEqual(await sceneOf(modelOf(shop)));
  });

  it('moves nothing that stands when something is added', async () => {
    const before = await arrange(modelOf(shop), EMPTY_ARRANGEMENT, kernel);
    const more = modelOf(
      `${shop}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: more, namespace: shop}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: other}\nspec: {}\n`,
    );
    const after = await arrange(more, before, kernel);
    for (const [key, placement] of before.placements) expect(after.placements.get(key), key).toEqual(placement);
    const scene = placeScene(more, after);
    expect(scene.cards.map(({ name }) => name)).toContain('more');
    expectNothingOverlaps(scene);
  });

  it('lets a line go its own way once an end has moved', async () => {
    const model = modelOf(shop);
    const arrangement = await arrange(model, EMPTY_ARRANGEMENT, kernel);
    const moved = model.cards.find(({ name, kind }) => name === 'web' && kind === 'Deployment')!;
    const placements = new Map([...arrangement.placements, [moved.id, { x: 1000, y: 1000 }]]);
    const scene = placeScene(model, { ...arrangement, placements });
    const touching = scene.edges.filter(({ from, to }) => from === moved.id || to === moved.id);
    expect(touching.length).toBeGreaterThan(3);
    const kept = placeScene(model, arrangement).edges;
    for (const edge of scene.edges) {
      const same = JSON.stringify(kept.find(({ id }) => id === edge.id)!.points) === JSON.stringify(edge.points);
      if (touching.includes(edge)) expect(same, edge.id).toBe(false);
    }
    expectNoLineUnderACard(scene);
  });

  it('shows a namespace with nothing in it', async () => {
    const scene = await sceneOf(modelOf('apiVersion: v1\nkind: Namespace\nmetadata: {name: empty}\n'));
    expect(scene.frames.map(({ title, width }) => [title, width > 100])).toEqual([['empty', true]]);
  });

  it('takes any number of cards and lines without overlap', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 24 }),
        fc.array(fc.tuple(fc.nat(23), fc.nat(23)), { maxLength: 30 }),
        async (count, pairs) => {
          const documents = Array.from({ length: count }, (_, index) => {
            const targets = pairs.filter(([from]) => from === index).map(([, to]) => `{configMapRef: {name: c${to}}}`);
            return index % 2 === 0
              ? `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${index}}\n`
              : `apiVersion: v1\nkind: Pod\nmetadata: {name: p${index}}\nspec: {containers: [{name: c, envFrom: [${targets.join(', ')}]}]}\n`;
          });
          expectNothingOverlaps(await sceneOf(modelOf(documents.join('---\n'))));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('falls back to columns for a namespace with very many cards', async () => {
    const documents = Array.from(
      { length: LAYERED_LIMIT + 10 },
      (_, index) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${index}}\n`,
    );
    const scene = await sceneOf(modelOf(documents.join('---\n')));
    expect(scene.cards.length).toBe(LAYERED_LIMIT + 10);
    expect(new Set(scene.cards.map(({ x, y }) => `${x},${y}`)).size).toBe(LAYERED_LIMIT + 10);
  });
});
