import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { editFile } = COMMANDS;
const path = 'design.yaml';
const secret = (name: string, data = ''): string =>
  `# about ${name}\napiVersion: v1\nkind: Secret\nmetadata: {name: ${name}} # here\n${data}`;
const file = (...parts: readonly string[]): string => parts.join('---\n');

describe('typing the text of a whole file', () => {
  it('takes it over byte for byte, and leaves every other document the value it was', async () => {
    const driver = await open(file(secret('a'), secret('b'), secret('c')));
    const before = driver.design;
    const ids = ['a', 'b', 'c'].map((name) => driver.id(`Secret/${name}`));
    const text = file(secret('a'), secret('b', 'stringData: {k: v}\n'), secret('c'));
    driver.run(editFile, { path, text });
    expect(driver.texts()[path]).toBe(text);
    expect(['a', 'b', 'c'].map((name) => driver.id(`Secret/${name}`))).toEqual(ids);
    for (const at of [0, 2]) expect(driver.design.records.get(ids[at]!)).toBe(before.records.get(ids[at]!));
    driver.expectUndoAndRedo();
  });

  it('keeps a card that is renamed, and tells those that move from those that are new', async () => {
    const driver = await open(file(secret('a'), secret('b')));
    const [a, b] = [driver.id('Secret/a'), driver.id('Secret/b')];
    driver.run(editFile, { path, text: file(secret('a'), secret('x')) });
    expect(driver.id('Secret/x')).toBe(b);
    driver.run(editFile, { path, text: file(secret('n'), secret('x'), secret('a')) });
    expect([driver.id('Secret/a'), driver.id('Secret/x')]).toEqual([a, b]);
    expect(driver.design.records.size).toBe(3);
    driver.expectUndoAndRedo();
  });

  it('takes documents away, down to the last', async () => {
    const driver = await open(file(secret('a'), secret('b'), secret('c')));
    driver.run(editFile, { path, text: file(secret('a'), secret('c')) });
    expect([...driver.design.records.values()].map(({ identity }) => identity)).toEqual([
      'Secret/default/a',
      'Secret/default/c',
    ]);
    driver.run(editFile, { path, text: '# nothing left\n' });
    expect(driver.design.records.size).toBe(0);
    expect(driver.texts()[path]).toBe('# nothing left\n');
    driver.expectUndoAndRedo();
  });

  it('refuses a document that no longer reads, with its line, and lets a file be mended that never read', async () => {
    const driver = await open(file(secret('a'), secret('b')));
    expect(driver.run(editFile, { path, text: file(secret('a'), 'kind: [\n') })).toMatchObject({
      refused: 'command.cannotEditText',
      params: { line: 6 },
    });
    expect(driver.texts()[path]).toBe(file(secret('a'), secret('b')));
    const broken = await open(file(secret('a'), 'kind: [\n', secret('c')));
    broken.run(editFile, { path, text: file(secret('a', 'stringData: {k: v}\n'), 'kind: [\n', secret('c')) });
    expect(broken.texts()[path]).toBe(file(secret('a', 'stringData: {k: v}\n'), 'kind: [\n', secret('c')));
    broken.run(editFile, { path, text: file(secret('a'), secret('b'), secret('c')) });
    expect(broken.design.files.get(path)!.problems).toEqual([]);
    expect(broken.design.records.size).toBe(3);
    broken.expectUndoAndRedo();
  });
});
