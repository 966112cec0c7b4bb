import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { addRecord } = COMMANDS;
const CONFIG_MAP = { group: '', kind: 'ConfigMap' };
const A = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const ADDED = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: configmap\ndata:\n  key: value\n';

describe('adding', () => {
  it('begins a file where there is none, under a free name', async () => {
    const driver = await open({});
    driver.begin();
    driver.run(addRecord, { kind: CONFIG_MAP });
    driver.run(addRecord, { kind: CONFIG_MAP });
    expect(driver.texts()).toEqual({
      'configmap.yaml': `${ADDED}---\n${ADDED.replace('name: configmap', 'name: configmap-2')}`,
    });
    expect([...driver.state.selection]).toEqual([driver.id('ConfigMap/configmap-2')]);
    driver.expectUndoAndRedo();
  });

  it.each([
    ['at the end of the only file', A, `${A}---\n${ADDED}`],
    ['with its line ends', A.replaceAll('\n', '\r\n'), `${A}---\n${ADDED}`.replaceAll('\n', '\r\n')],
    ['after a last line without an end', A.trimEnd(), `${A}---\n${ADDED}`],
    ['after a separator that waits for it', `${A}---\n`, `${A}---\n${ADDED}`],
    ['after comments', `${A}# end`, `${A}# end\n---\n${ADDED}`],
    ['into an empty file', '', ADDED],
  ])('goes %s', async (_, text, expected) => {
    const driver = await open(text);
    driver.run(addRecord, { kind: CONFIG_MAP });
    expect(driver.texts()['design.yaml']).toBe(expected);
    driver.expectUndoAndRedo();
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['several files', { 'a.yaml': A, 'b.yaml': A.replace('a}', 'b}') }],
    ['JSON', { 'a.json': '{"apiVersion":"v1","kind":"Secret"}' }],
    ['JSON in a file named YAML', { 'a.yaml': '{"apiVersion":"v1","kind":"Secret"}\n' }],
    ['a file that is no text', { 'a.yaml': 'a\0' }],
  ])('gets a file of its own beside %s', async (_, files) => {
    const driver = await open(files);
    driver.run(addRecord, { kind: CONFIG_MAP });
    expect(driver.texts()).toEqual({ ...files, 'configmap.yaml': ADDED });
    driver.expectUndoAndRedo();
  });

  it('writes the namespace asked for, and none for a kind that has none', async () => {
    const driver = await open(A);
    driver.run(addRecord, { kind: CONFIG_MAP, name: 'b', namespace: 'shop' });
    driver.run(addRecord, { kind: { group: '', kind: 'Namespace' }, name: 'c', namespace: 'shop' });
    expect(driver.record('ConfigMap/b').identity).toBe('ConfigMap/shop/b');
    expect(driver.record('Namespace/c').identity).toBe('Namespace//c');
    driver.expectUndoAndRedo();
  });

  it('is placed where it was dropped', async () => {
    const driver = await open(A);
    driver.run(addRecord, { kind: CONFIG_MAP, at: { x: 10.4, y: 20 } });
    expect(driver.design.placements.application.get(driver.id('ConfigMap/configmap'))).toEqual({ x: 10, y: 20 });
    driver.expectUndoAndRedo();
  });

  it.each([
    [{ name: 'Big' }, 'command.name.invalid'],
    [{ name: 'a' }, 'command.name.taken'],
    [{ name: 'b', namespace: 'a.b' }, 'command.name.invalid'],
  ])('refuses %o: %s', async (args, refused) => {
    const driver = await open(A);
    expect(driver.run(addRecord, { kind: CONFIG_MAP, ...args })).toMatchObject({ refused });
    expect(driver.changed()).toEqual([]);
  });

  it('knows a kind that nobody described', async () => {
    const driver = await open(A);
    driver.run(addRecord, { kind: { group: 'example.com', kind: 'Widget' }, name: 'w' });
    expect(driver.record('Widget/w').object.apiVersion).toBe('example.com/v1');
    driver.expectUndoAndRedo();
  });
});
