import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { movePlacements, tidyLayout } = COMMANDS;
const secret = (name: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n`;

describe('forgetting places', () => {
  it('is one step, and leaves the file as it was before anything was placed', async () => {
    const driver = await open(secret('a'));
    expect(driver.run(tidyLayout, { picture: 'application' })).toEqual({ refused: 'command.noChange' });
    driver.run(movePlacements, {
      picture: 'application',
      placements: new Map([[driver.id('Secret/a'), { x: 5, y: 5 }]]),
    });
    expect(driver.texts()['design.yaml']).toContain('# drydock: application Secret/default/a @ 5,5\n');
    driver.run(tidyLayout, { picture: 'application' });
    expect(driver.texts()['design.yaml']).toBe(secret('a'));
    driver.expectUndoAndRedo();
  });
});
