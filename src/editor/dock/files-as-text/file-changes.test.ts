import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../design/commands/index.ts';
import { exportedBaseline } from '../../../workspace/baseline.ts';
import { open } from '../../../workspace/testing/driver.ts';
import { fileChanges } from './file-changes.ts';

const secret = (name: string, data = ''): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n${data}`;
const path = 'design.yaml';

async function changesAfter(
  before: readonly string[],
  after: readonly string[],
): Promise<readonly (readonly [string, string, readonly string[]])[]> {
  const driver = await open(before.join('---\n'));
  const baseline = exportedBaseline(driver.design);
  driver.run(COMMANDS.editFile, { path, text: after.join('---\n') });
  return fileChanges(baseline, driver.design).map((change) => [
    change.path,
    change.what,
    change
      .lines()
      .filter(({ sign }) => sign !== ' ')
      .map(({ sign, text }) => sign + text),
  ]);
}

describe('what has changed since the last export', () => {
  it('is each changed line of each document', async () => {
    expect(
      await changesAfter([secret('a'), secret('b'), secret('c')], [secret('a'), secret('b', 'x: 1\n'), secret('c')]),
    ).toEqual([[path, 'changed', ['+x: 1']]]);
  });

  it('is a document that went, where it stood, and one that came', async () => {
    const [change] = await changesAfter(
      [secret('a'), secret('b'), secret('c')],
      [secret('a'), secret('c'), secret('d')],
    );
    expect(change?.[2]).toEqual([
      '-apiVersion: v1',
      '-kind: Secret',
      '-metadata: {name: b}',
      // The mark between two documents belongs to the first of them.
      '----',
      '+---',
      '+apiVersion: v1',
      '+kind: Secret',
      '+metadata: {name: d}',
    ]);
  });

  it('is nothing once a change is taken back, and whole files that are new or gone', async () => {
    const driver = await open(secret('a'));
    const baseline = exportedBaseline(driver.design);
    driver.run(COMMANDS.editFile, { path, text: secret('a', 'x: 1\n') });
    driver.run(COMMANDS.editFile, { path, text: secret('a') });
    expect(fileChanges(baseline, driver.design)).toEqual([]);
    expect(fileChanges({ exported: true, files: new Map() }, driver.design)).toMatchObject([{ path, what: 'added' }]);
    const empty = await open('');
    const gone = fileChanges(baseline, { ...empty.design, files: new Map() });
    expect(gone.map(({ what, lines }) => [what, lines().map(({ sign, text }) => sign + text)])).toEqual([
      ['removed', ['-apiVersion: v1', '-kind: Secret', '-metadata: {name: a}']],
    ]);
  });
});
