import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { contextOf, designOf, recordNamed } from '../testing/design-of.ts';
import { accountOfDeletion } from './delete-records.ts';
import { COMMANDS } from './index.ts';

const { deleteRecords } = COMMANDS;

const object = (kind: string, name: string, more = ''): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;
const A = `# about a\n${object('ConfigMap', 'a')}`;
const B = object('ConfigMap', 'b', '  # below b\n');
const C = object('Secret', 'c');

const item = (name: string): string => `- apiVersion: v1\n  kind: Secret\n  metadata: {name: ${name}} # ${name}\n`;

const jsonList = (items: string): string => `{"apiVersion": "v1", "kind": "List", "items": [${items}]}`;

const jsonItem = (name: string): string => `{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "${name}"}}`;

const list = (names: readonly string[]): string => `apiVersion: v1\nkind: List\nitems:\n${names.map(item).join('')}`;

describe('deleting', () => {
  it.each([
    ['the first', [A, B, C], 'ConfigMap/a', `${B}---\n${C}`],
    ['one in the middle', [A, B, C], 'ConfigMap/b', `${A}---\n${C}`],
    ['the last', [A, B, C], 'Secret/c', `${A}---\n${B}`],
  ])('takes %s out with one separator', async (_, documents, name, left) => {
    const driver = await open(documents.join('---\n'));
    driver.run(deleteRecords, { records: [driver.id(name)] });
    expect(driver.texts()).toEqual({ 'design.yaml': left });
    expect(driver.design.records.size).toBe(2);
    driver.expectUndoAndRedo();
  });

  it('keeps the line ends and the byte order mark, and a separator at the very beginning', async () => {
    const text = `\ufeff---\n${A}---\n${B}`.replaceAll('\n', '\r\n');
    const driver = await open(text);
    driver.run(deleteRecords, { records: [driver.id('ConfigMap/a')] });
    expect(driver.texts()['design.yaml']).toBe(`\ufeff---\n${B}`.replaceAll('\n', '\r\n'));
    driver.expectUndoAndRedo();
  });

  it('takes the file along with its last object, unless text stands in it', async () => {
    const driver = await open({ 'a.yaml': `---\n${object('ConfigMap', 'a')}`, 'b.yaml': `# Copyright\n---\n${B}` });
    driver.run(deleteRecords, { records: [driver.id('ConfigMap/a'), driver.id('ConfigMap/b')] });
    expect(driver.texts()).toEqual({ 'b.yaml': '# Copyright\n---\n' });
    expect(driver.state.history.undo).toEqual({ id: 'record.delete', params: { count: 2, name: 'a' } });
    expect(driver.state.selection.size).toBe(0);
    driver.expectUndoAndRedo();
  });

  it('takes items out of a List; the others keep their names and places', async () => {
    const driver = await open(list(['a', 'b', 'c', 'd']));
    const ids = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, driver.id(`Secret/${name}`)]));
    driver.run(deleteRecords, { records: [ids['b']!, ids['d']!] });
    expect(driver.texts()['design.yaml']).toBe(list(['a', 'c']));
    expect(driver.id('Secret/a')).toBe(ids['a']);
    expect(driver.id('Secret/c')).toBe(ids['c']);
    expect(driver.record('Secret/c').path).toEqual(['items', 1]);
    driver.run(deleteRecords, { records: [ids['a']!, ids['c']!] });
    expect(driver.texts()).toEqual({});
    driver.expectUndoAndRedo();
  });

  it('keeps a List for the sake of an item that is no object', async () => {
    const driver = await open(`apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n- oops: 1\n`);
    const [id] = driver.design.records.keys();
    driver.run(deleteRecords, { records: [id!] });
    expect(driver.texts()['design.yaml']).toBe('apiVersion: v1\nkind: List\nitems:\n- oops: 1\n');
    driver.expectUndoAndRedo();
  });

  it('takes an object out of a JSON List', async () => {
    const driver = await open({ 'a.json': jsonList(`${jsonItem('a')}, ${jsonItem('b')}`) });
    driver.run(deleteRecords, { records: [driver.id('Secret/a')] });
    expect(driver.texts()['a.json']).toBe(jsonList(jsonItem('b')));
    driver.expectUndoAndRedo();
  });

  it('moves what is reported further down up with its lines', async () => {
    const driver = await open(`${A}---\n${B}---\nkind: [\n---\n${C}`);
    const line = (): number | undefined => driver.design.files.get('design.yaml')?.problems[0]?.position.line;
    const before = line()!;
    driver.run(deleteRecords, { records: [driver.id('ConfigMap/a')] });
    expect(line()).toBe(before - 6);
    const text = driver.texts()['design.yaml']!.split('\n');
    expect(text[line()! - 1] ?? text[line()! - 2]).toMatch(/kind: \[|---/);
    driver.expectUndoAndRedo();
  });

  it('refuses what is not there', async () => {
    const driver = await open(A);
    expect(driver.run(deleteRecords, { records: [] })).toEqual({ refused: 'command.nothingSelected' });
    expect(driver.run(deleteRecords, { records: ['r99'] })).toEqual({ refused: 'command.noSuchRecord' });
  });
});

describe('the account of what breaks', () => {
  const pod = (name: string, volume: string): string =>
    object('Pod', name, `  labels: {app: web}\nspec:\n  containers: [{name: a, image: a}]\n  volumes: [${volume}]\n`);
  const service = object('Service', 'web', 'spec: {selector: {app: web}, ports: [{port: 80}]}\n');

  it.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
    ['a mounted ConfigMap', [A, pod('p', '{name: v, configMap: {name: a}}')], ['ConfigMap/a'], ['volume']],
    ['nothing, when the user goes too', [A, pod('p', '{name: v, configMap: {name: a}}')], ['ConfigMap/a', 'Pod/p'], []],
    [
      'nothing, when it is optional',
      [A, pod('p', '{name: v, configMap: {name: a, optional: true}}')],
      ['ConfigMap/a'],
      [],
    ],
    ['nothing, while the selector selects another', [service, pod('p', ''), pod('q', '')], ['Pod/p'], []],
    ['the selector, once, when all go', [service, pod('p', ''), pod('q', '')], ['Pod/p', 'Pod/q'], ['serviceSelector']],
    [
      'what lives in a Namespace',
      [object('Namespace', 'shop'), object('Secret', 's', '  namespace: shop\n')],
      ['Namespace/shop'],
      ['namespace'],
    ],
  ])('tells %s', (_, documents, names, expected) => {
    const design = designOf(documents.join('---\n'));
    const ids = names.map((name) => recordNamed(design, name).id);
    const { graph } = contextOf(design);
    expect(accountOfDeletion(graph, ids).map(({ declaration }) => declaration.type)).toEqual(expected);
  });
});
