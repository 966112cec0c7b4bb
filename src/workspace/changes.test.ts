import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design } from '../design/design.ts';
import { designOf } from '../design/testing/design-of.ts';
import type { Problem } from '../design/problem.ts';
import type { Scene, SceneCard, SceneEdge, SceneFrame } from '../scene/scene.ts';
import { applyDesignChange, changeParts, designChange } from './design-change.ts';
import { inProcessPort } from './document-port.ts';
import type { FromDocument } from './protocol.ts';
import { applySceneChange, sceneChange, sceneParts } from './scene-change.ts';
import { Driver, testPort } from './testing/driver.ts';
import { gridKernel } from './testing/grid-kernel.ts';
import { randomSteps, runStep } from './testing/random-commands.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';

const ids = fc.uniqueArray(
  fc.integer({ min: 0, max: 20 }).map((number) => `i${number}`),
  { maxLength: 15 },
);
const size = fc.record({ x: fc.nat(3), y: fc.nat(3) });

const scene: fc.Arbitrary<Scene> = fc.record({
  frames: listOf(
    size.map((at) => ({ ...at, kind: 'namespace', title: 't', width: 1, height: 1 }) as Omit<SceneFrame, 'id'>),
  ),
  cards: listOf(
    size.map((at) => ({ ...at, name: 'n', fact: at.x === 0 ? undefined : 'f' }) as unknown as Omit<SceneCard, 'id'>),
  ),
  edges: listOf(
    size.map((at) => ({ from: 'a', to: 'b', references: [at.x], points: [at] }) as unknown as Omit<SceneEdge, 'id'>),
  ),
});

function listOf<Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<(Item & { id: string })[]> {
  return ids.chain((names) => fc.tuple(...names.map((id) => item.map((value) => ({ ...value, id })))));
}

const secret = (name: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n`;

/** What an API server would refuse comes later, on both sides. */
const crossChecks = (problems: readonly Problem[]): unknown => problems.filter(({ id }) => id !== 'object.invalid');

/** Cards that were placed automatically stay where they first stood; everything else is the same. */
const bare = (cards: Scene['cards']): unknown => cards.map((card) => ({ ...card, x: 0, y: 0, errors: 0, warnings: 0 }));

const unbent = (edges: Scene['edges']): unknown => edges.map((edge) => ({ ...edge, points: [] }));

describe('a scene change', () => {
  it('applied to what was gives what is, in its order, whole or in parts', () => {
    fc.assert(
      fc.property(scene, scene, (before, after) => {
        const change = sceneChange(before, after);
        expect(applySceneChange(before, structuredClone(change))).toEqual(after);
        expect(applyParts(before, change)).toEqual(after);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('keeps what did not change as the same value', () => {
    fc.assert(
      fc.property(scene, (one) => {
        const again = applySceneChange(one, sceneChange(one, structuredClone(one)));
        expect(
          [again.frames, again.cards, again.edges].map((list, at) => list === [one.frames, one.cards, one.edges][at]),
        ).toEqual([true, true, true]);
      }),
      { seed: 5 },
    );
  });

  it('of thousands comes in parts', () => {
    const cards = Array.from({ length: 5_000 }, (_, index) => ({ id: `c${index}`, x: 0 }) as unknown as SceneCard);
    const empty: Scene = { frames: [], cards: [], edges: [] };
    const change = sceneChange(empty, { ...empty, cards });
    expect([...sceneParts(change)].length).toBeGreaterThan(4);
    expect(applyParts(empty, change).cards).toEqual(cards);
  });
});

function applyParts(before: Scene, change: ReturnType<typeof sceneChange>): Scene {
  let now = before;
  const parts = sceneParts(change);
  for (let part = parts.next(); ; part = parts.next()) {
    now = applySceneChange(now, part.value);
    if (part.done) return now;
  }
}

describe('a design change', () => {
  const large = designOf(Array.from({ length: 1_500 }, (_, index) => secret(`s${index}`)).join('---\n'));
  const small = designOf({ 'a.yaml': secret('a'), 'b.yaml': secret('b') });

  it.each<readonly [string, Design, Design]>([
    ['everything', EMPTY_DESIGN, large],
    ['nothing', large, large],
    ['an exchange', small, large],
    ['the way back', large, small],
  ])('of %s gives the other design, whole or in parts', (_, from, to) => {
    const wanted = { ...to, nextId: from.nextId };
    expect(applyDesignChange(from, designChange(from, to))).toEqual(wanted);
    let now = from;
    const parts = changeParts(structuredClone(designChange(from, to)));
    for (let part = parts.next(); ; part = parts.next()) {
      now = applyDesignChange(now, part.value);
      if (part.done) break;
      expect(part.value.records.set.length).toBeLessThanOrEqual(400);
    }
    expect(now).toEqual(wanted);
    expect([...now.records.keys()]).toEqual([...to.records.keys()]);
  });

  it('puts back in its place what an undo brings back', () => {
    const without: Design = { ...small, records: new Map([...small.records].slice(1)) };
    expect([...applyDesignChange(without, designChange(without, small)).records.keys()]).toEqual([
      ...small.records.keys(),
    ]);
  });
});

describe('the page and the document thread', () => {
  const files = {
    'a.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n',
    'b.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: web}}\nspec: {containers: [{name: a, image: a}]}\n',
    'c.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\n',
  };

  it('have the same picture, references and problems as if all were done at once', async () => {
    await fc.assert(
      fc.asyncProperty(randomSteps(8), async (steps) => {
        const driver = new Driver();
        await driver.import(files);
        driver.begin();
        for (const step of steps) {
          runStep(driver, step);
          if (step.which % 2 === 0) await driver.settled();
          if (step.what > 85) driver.undo();
        }
        await driver.settled();
        expect(driver.state.failure).toBeUndefined();
        const said: FromDocument[] = [];
        const port = inProcessPort({
          pause: () => Promise.resolve(),
          nowMs: () => 0,
          kernel: gridKernel,
          kinds: BUILT_IN_KINDS,
        });
        port.listen((message) => said.push(message));
        port.post({
          type: 'change',
          revision: 1,
          picture: 'application',
          change: designChange(EMPTY_DESIGN, driver.design),
        });
        const answer = await vi.waitUntil(() => said.find((message) => message.type === 'derived'));
        expect(crossChecks(driver.state.problems)).toEqual(crossChecks(answer.derived.problems.added));
        const shown = driver.state.scene;
        const parts = said.flatMap((message) => (message.type === 'derivedPart' ? [message.scene] : []));
        const fresh = [...parts, answer.derived.scene].reduce(applySceneChange, { frames: [], cards: [], edges: [] });
        expect(bare(shown.cards)).toEqual(bare(fresh.cards));
        expect(unbent(shown.edges)).toEqual(unbent(fresh.edges));
        expect(shown.frames.map(({ id }) => id)).toEqual(fresh.frames.map(({ id }) => id));
        port.close();
      }),
      { numRuns: 40, seed: 8 },
    );
  });

  it('agree whether messages are copied or handed over', async () => {
    const direct = new Driver(testPort());
    await direct.import(files);
    const copied = new Driver();
    await copied.import(files);
    expect(direct.state.scene).toEqual(copied.state.scene);
    expect(direct.state.problems).toEqual(copied.state.problems);
    expect(direct.texts()).toEqual(copied.texts());
  });
});
