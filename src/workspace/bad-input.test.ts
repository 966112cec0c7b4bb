import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../design/commands/index.ts';
import { Driver } from './testing/driver.ts';
import type { ImportAccount } from './workspace.ts';

const GOOD = 'apiVersion: v1\nkind: Secret\nmetadata: {name: good}\n';

/** The lines that a person sees: file, line, what. */
const said = ({ skipped }: ImportAccount): readonly string[] =>
  skipped.map(({ file, line, id }) => `${file}:${line} ${id}`);

const aliasBomb = `apiVersion: v1
kind: ConfigMap
metadata: {name: bomb}
data:
  a0: &a0 [x, x, x, x, x, x, x, x, x, x]
${Array.from({ length: 9 }, (_, level) => `  a${level + 1}: &a${level + 1} [${Array<string>(10).fill(`*a${level}`).join(', ')}]`).join('\n')}
`;
const mergeBomb = `apiVersion: v1
kind: ConfigMap
metadata: {name: bomb}
m0: &m0 {k: v}
${Array.from({ length: 30 }, (_, level) => `m${level + 1}: &m${level + 1}\n  <<: [${Array<string>(10).fill(`*m${level}`).join(', ')}]`).join('\n')}
`;
const deepFlow = `apiVersion: v1\nkind: X\nspec: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`;
const deepBlock = `apiVersion: v1\nkind: X\n${Array.from({ length: 20_000 }, (_, level) => `${' '.repeat(Math.min(level, 2_000))}a:`).join('\n')}\n`;
const deepJson = `{"apiVersion":"v1","kind":"X","spec":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`;

const object = (index: number): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c${index}\n  namespace: n${index % 40}\ndata:\n${Array.from({ length: 40 }, (_, key) => `  key-${key}: "value ${key} of ${index}, which goes on"\n`).join('')}`;

describe('bad input', () => {
  it.each<readonly [string, string | Uint8Array, string]>([
    ['broken YAML', 'apiVersion: v1\nkind: [\n', 'manifest.syntax'],
    ['broken JSON', '{"apiVersion": "v1",\n "kind": "Secret\n', 'manifest.syntax'],
    ['an alias bomb', aliasBomb, 'manifest.excessive'],
    ['a merge bomb', mergeBomb, 'manifest.excessive'],
    ['20,000 levels of brackets', deepFlow, 'manifest.excessive'],
    ['20,000 levels of JSON', deepJson, 'manifest.excessive'],
    ['a byte that is no text', new Uint8Array([0x61, 0xff, 0xfe]), 'manifest.binary'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'manifest.binary'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), 'manifest.binary'],
    ['a document that is no object', 'just: text\n', 'manifest.notAnObject'],
    ['a template', 'kind: {{ .Values.kind }}\n', 'manifest.template'],
    ['an alias to itself', 'apiVersion: v1\nkind: X\nspec: &a [*a]\n', 'manifest.syntax'],
  ])('is told with file and line, and the rest is used: %s', async (_, content, id) => {
    const driver = new Driver();
    const started = performance.now();
    const account = await driver.import({ 'good.yaml': GOOD, 'bad.yaml': content });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(account.objects).toBe(1);
    expect(account.skipped).toMatchObject([{ file: 'bad.yaml', id }]);
    expect(account.skipped[0]!.line).toBeGreaterThan(0);
    expect(driver.state.failure).toBeUndefined();
    const [, bad] = driver.workspace.exportFiles({ layout: 'keep' });
    expect(Buffer.from(bad!.content).equals(Buffer.from(content))).toBe(true);
    driver.run(COMMANDS.renameRecord, { record: driver.id('Secret/good'), name: 'better' });
    await driver.settled();
    expect(driver.state.scene.cards.map(({ name }) => name)).toEqual(['better']);
  });

  it('stands between good documents, with the line where it is', async () => {
    const driver = new Driver();
    const account = await driver.import(`${GOOD}---\napiVersion: v1\nkind: [\n---\n${GOOD.replace('good', 'other')}`);
    expect(account.objects).toBe(2);
    expect(said(account)[0]).toMatch(/^design\.yaml:[67] manifest\.syntax$/);
  });

  it('is deep blocks of maps', async () => {
    const driver = new Driver();
    const account = await driver.import({ 'deep.yaml': deepBlock, 'good.yaml': GOOD });
    expect(driver.state.failure).toBeUndefined();
    expect(account.skipped.length + account.objects).toBeGreaterThanOrEqual(2);
    expect(driver.texts()['deep.yaml']).toBe(deepBlock);
  });

  it('is one line of a megabyte', async () => {
    const driver = new Driver();
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: long}\ndata:\n  a: ${'x'.repeat(1 << 20)}\n  b: "1"\n`;
    const account = await driver.import(text);
    expect(account).toMatchObject({ objects: 1, skipped: [] });
    driver.begin();
    driver.run(COMMANDS.editField, {
      record: driver.id('ConfigMap/long'),
      edits: [{ op: 'set', path: ['data', 'b'], value: '2' }],
    });
    expect(driver.changed()).toEqual(['-  b: "1"', '+  b: "2"']);
    driver.expectUndoAndRedo();
  });

  it('has keys that JavaScript knows', async () => {
    const driver = new Driver();
    const account = await driver.import(
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  labels: {__proto__: polluted, constructor: x, toString: y}\ndata:\n  __proto__: {polluted: yes}\n---\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","__proto__":{"polluted":1}},"__proto__":{"polluted":1}}\n`,
    );
    expect(account.objects).toBe(2);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.hasOwn(driver.record('ConfigMap/c').object['data'] as object, '__proto__')).toBe(true);
    expect(driver.state.failure).toBeUndefined();
  });

  it('is empty in every way a file can be', async () => {
    const files = {
      'a.yaml': '',
      'b.yaml': '\n\n',
      'c.yaml': '---\n',
      'd.yaml': '# only this\n',
      'e.yaml': '---\n---\n...\n',
      'f.json': '   ',
      'g.yaml': '\ufeff',
    };
    const driver = new Driver();
    const account = await driver.import(files);
    expect(account).toMatchObject({ files: 7, objects: 0, skipped: [] });
    expect(driver.texts()).toEqual(files);
  });

  it('repeats an identity: both are kept, and one says so', async () => {
    const driver = new Driver();
    const account = await driver.import({ 'a.yaml': GOOD, 'b.yaml': `# other\n${GOOD}` });
    expect(account.objects).toBe(2);
    expect(driver.state.scene.cards).toHaveLength(2);
    expect(driver.state.problems.filter(({ id }) => id === 'identity.duplicate')).toHaveLength(1);
  });

  it('is of kinds that nobody knows: kept whole, as cards', async () => {
    const text = 'apiVersion: example.com/v7\nkind: Whatever\nmetadata: {name: w}\nspec: [1, {a: b}, "c"]\n';
    const driver = new Driver();
    expect(await driver.import(text)).toMatchObject({ objects: 1, kinds: 1, skipped: [] });
    expect(driver.state.scene.cards).toMatchObject([{ kind: 'Whatever', group: 'example.com', name: 'w' }]);
    expect(driver.texts()['design.yaml']).toBe(text);
  });

  it('is ten megabytes', async () => {
    const text = Array.from({ length: 5_600 }, (_, index) => object(index)).join('---\n');
    expect(text.length).toBeGreaterThan(10_000_000);
    const driver = new Driver();
    const account = await driver.import(text);
    expect(account).toMatchObject({ objects: 5_600, skipped: [] });
    expect(driver.texts()['design.yaml'] === text).toBe(true);
    driver.workspace.undo();
    expect(driver.design.records.size).toBe(0);
    driver.workspace.redo();
    await driver.settled();
    expect(driver.state.scene.cards).toHaveLength(5_600);
    expect(driver.state.failure).toBeUndefined();
  }, 60_000);
});
