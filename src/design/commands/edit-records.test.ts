import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { editRecords } = COMMANDS;
const deployment = (name: string, replicas: number): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  replicas: ${replicas} # of ${name}\n`;

describe('one field of several objects', () => {
  it('is edited in all of them as one step, and nothing else of them', async () => {
    const driver = await open(['a', 'b'].map((name, at) => deployment(name, at + 1)).join('---\n'));
    const records = ['a', 'b'].map((name) => driver.id(`Deployment/${name}`));
    const path = ['spec', 'replicas'];
    const edits = records.map((record) => ({ record, edit: { op: 'set', path, value: 5 } as const }));
    driver.run(editRecords, { edits, field: path });
    expect(driver.texts()['design.yaml']).toBe(['a', 'b'].map((name) => deployment(name, 5)).join('---\n'));
    driver.expectUndoAndRedo();
  });

  it('is no step where all of them say so already', async () => {
    const driver = await open(deployment('a', 1));
    const edit = { op: 'set', path: ['spec', 'replicas'], value: 1 } as const;
    const edits = [{ record: driver.id('Deployment/a'), edit }];
    expect(driver.run(editRecords, { edits, field: edit.path })).toMatchObject({ refused: 'command.noChange' });
    expect(driver.run(editRecords, { edits: [{ record: 'gone', edit }], field: edit.path })).toMatchObject({
      refused: 'command.noSuchRecord',
    });
  });
});
