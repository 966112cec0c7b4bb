import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { movePlacements } = COMMANDS;
const secret = (name: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n`;

describe('moving cards', () => {
  it('keeps where they were put, in whole units, as one step for many', async () => {
    const driver = await open(`${secret('a')}---\n${secret('b')}`);
    const [a, b] = [driver.id('Secret/a'), driver.id('Secret/b')];
    const placements = new Map([
      [a, { x: 1.4, y: 2.6 }],
      [b, { x: 300, y: 0, width: 640, height: 480 }],
    ]);
    driver.run(movePlacements, { picture: 'application', placements });
    expect(driver.design.placements.application.get(a)).toEqual({ x: 1, y: 3 });
    expect(driver.design.placements.application.get(b)).toEqual({ x: 300, y: 0, width: 640, height: 480 });
    expect(driver.state.history.undo).toEqual({ id: 'layout.move', params: { count: 2 } });
    expect(driver.run(movePlacements, { picture: 'application', placements })).toEqual({ refused: 'command.noChange' });
    expect(driver.run(movePlacements, { picture: 'application', placements: new Map() })).toEqual({
      refused: 'command.nothingSelected',
    });
    driver.expectUndoAndRedo();
  });

  it('pins everything else of that picture where it is shown, and nothing of the other', async () => {
    const driver = await open(`${secret('a')}---\n${secret('b')}`);
    const [a, b] = [driver.id('Secret/a'), driver.id('Secret/b')];
    const shown = driver.state.scene.cards.find(({ id }) => id === b)!;
    driver.run(movePlacements, { picture: 'application', placements: new Map([[a, { x: 500, y: 500 }]]) });
    expect(driver.design.placements.application.get(b)).toEqual({ x: shown.x, y: shown.y });
    expect([...driver.design.placements.application.keys()]).toEqual([a, 'frame:default', b]);
    expect(driver.design.placements.cluster.size).toBe(0);
    await driver.settled();
    const now = new Map(driver.state.scene.cards.map((card) => [card.id, card]));
    expect(now.get(a)).toMatchObject({ x: 500, y: 500 });
    expect(now.get(b)).toMatchObject({ x: shown.x, y: shown.y });
    driver.expectUndoAndRedo();
  });
});
