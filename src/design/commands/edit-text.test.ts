import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { editText } = COMMANDS;
const secret = (name: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n`;

const list = (names: readonly string[]): string =>
  `apiVersion: v1\nkind: SecretList\nitems:\n${names.map((name) => `- metadata: {name: ${name}}\n`).join('')}`;

describe('typing text', () => {
  it('takes it over as it is; the card stays the same card, whatever it is called now', async () => {
    const driver = await open(`${secret('a')}---\n${secret('b')}`);
    const id = driver.id('Secret/a');
    driver.run(editText, { record: id, text: `# new\n${secret('c')}` });
    expect(driver.texts()['design.yaml']).toBe(`# new\n${secret('c')}---\n${secret('b')}`);
    expect(driver.id('Secret/c')).toBe(id);
    driver.expectUndoAndRedo();
  });

  it('ends the text with a line end where something follows', async () => {
    const driver = await open(`${secret('a')}---\n${secret('b')}`);
    driver.run(editText, { record: driver.id('Secret/a'), text: secret('c').trimEnd() });
    driver.run(editText, { record: driver.id('Secret/b'), text: secret('d').trimEnd() });
    expect(driver.texts()['design.yaml']).toBe(`${secret('c')}---\n${secret('d').trimEnd()}`);
    driver.expectUndoAndRedo();
  });

  it('can hold several documents; those that were there before stay the same cards', async () => {
    const driver = await open(secret('a'));
    const id = driver.id('Secret/a');
    driver.run(editText, { record: id, text: `${secret('z')}---\n${secret('a')}` });
    expect(driver.id('Secret/a')).toBe(id);
    expect(driver.design.records.size).toBe(2);
    driver.run(editText, { record: driver.id('Secret/z'), text: secret('y') });
    expect(driver.texts()['design.yaml']).toBe(`${secret('y')}---\n${secret('a')}`);
    driver.expectUndoAndRedo();
  });

  it('finds the items of a List again by what they are', async () => {
    const driver = await open(list(['a', 'b']));
    const ids = ['a', 'b'].map((name) => driver.id(`Secret/${name}`));
    driver.run(editText, { record: ids[0]!, text: list(['b', 'x', 'a']) });
    expect(['a', 'b'].map((name) => driver.id(`Secret/${name}`))).toEqual(ids);
    driver.expectUndoAndRedo();
  });

  it.each([
    ['a: [', { reason: 'manifest.syntax', line: 2 }],
    ['just text', { reason: 'manifest.notAnObject', line: 1 }],
    ['', { reason: 'manifest.notAnObject', line: 1 }],
    ['# only a comment\n', { reason: 'manifest.notAnObject', line: 1 }],
    [`${secret('a')}---\nno object\n`, { reason: 'manifest.notAnObject', line: 5 }],
    ['kind: {{ .Values.kind }}\n', { reason: 'manifest.template' }],
  ])('refuses %j and says where', async (text, params) => {
    const driver = await open(secret('a'));
    expect(driver.run(editText, { record: driver.id('Secret/a'), text })).toMatchObject({
      refused: 'command.cannotEditText',
      params: params.reason === 'manifest.syntax' ? { reason: params.reason } : params,
    });
    expect(driver.changed()).toEqual([]);
  });

  it('refuses what changes nothing or is gone', async () => {
    const driver = await open(secret('a'));
    const record = driver.id('Secret/a');
    expect(driver.run(editText, { record, text: secret('a') })).toEqual({ refused: 'command.noChange' });
    expect(driver.run(editText, { record: 'x', text: '' })).toEqual({ refused: 'command.noSuchRecord' });
  });

  it('tells again what deserves a word, and moves what is told further down', async () => {
    const driver = await open(`${secret('a')}---\n${secret('b')}type: x\ntype: y\n`);
    const lines = (): readonly number[] =>
      driver.design.files.get('design.yaml')!.problems.map(({ position }) => position.line);
    expect(lines()).toEqual([9]);
    driver.run(editText, { record: driver.id('Secret/a'), text: `# more\n${secret('a')}type: 1\ntype: 2\n` });
    expect(lines()).toEqual([6, 12]);
    driver.expectUndoAndRedo();
  });
});
