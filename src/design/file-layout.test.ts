import { describe, expect, it } from 'vitest';
import { open } from '../workspace/testing/driver.ts';
import type { Driver, Files } from '../workspace/testing/driver.ts';
import { COMMANDS } from './commands/index.ts';

const secret = (name: string, namespace = 'shop'): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: ${namespace}}\n`;
const JSON_SECRET = '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"j","namespace":"shop"}}\n';
const BLOCK = `# drydock:layout v1
# drydock: application Secret/shop/a @ 10,20
# drydock: application frame:shop @ 5,5
# drydock: cluster Secret/shop/a @ 1,2 30x40
# drydock: application Secret/shop/gone @ 7,7
# a note of mine
`;

const move = (driver: Driver, name: string, x: number, y: number) =>
  driver.run(COMMANDS.movePlacements, { picture: 'application', placements: new Map([[driver.id(name), { x, y }]]) });

/** What somebody sees who opens the saved files. */
async function reopened(driver: Driver): Promise<Driver> {
  return open(driver.texts());
}

function shown(driver: Driver): Readonly<Record<string, readonly [number, number]>> {
  const { cards, frames } = driver.state.scene;
  return Object.fromEntries([
    ...cards.map(({ name, x, y }) => [name, [x, y]] as const),
    ...frames.map(({ id, x, y }) => [id, [x, y]] as const),
  ]);
}

describe('the layout in a file', () => {
  it('is where cards and frames stand when it is opened, in each picture', async () => {
    const driver = await open(secret('a') + BLOCK);
    expect(shown(driver)).toMatchObject({ a: [10, 20], 'frame:shop': [5, 5] });
    expect(driver.design.placements.cluster.get(driver.id('Secret/a'))).toEqual({ x: 1, y: 2, width: 30, height: 40 });
    expect(driver.state.import).toMatchObject({ account: { objects: 1, skipped: [] } });
  });

  it.each<readonly [string, Files]>([
    ['none', secret('a')],
    ['one', secret('a') + BLOCK],
    [
      'one without a newline before it',
      `${secret('a').trimEnd()}\n# drydock:layout v1 (joined)\n# drydock: application Secret/shop/a @ 1,1\n`,
    ],
    ['CRLF', (secret('a') + BLOCK).replaceAll('\n', '\r\n')],
    [
      'frames of two files that disagree',
      {
        'a.yaml': secret('a') + BLOCK,
        'b.yaml': `${secret('b')}# drydock:layout v1\n# drydock: application Secret/shop/b @ 1,1\n# drydock: application frame:shop @ 99,99\n`,
      },
    ],
    [
      'another file that has none',
      {
        'a.yaml': secret('b'),
        'b.yaml': secret('a') + BLOCK,
        'ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
      },
    ],
    ['numbers written another way', `${secret('a')}# drydock:layout v1\n# drydock: Secret/shop/a @ 1.0,2.50\n`],
  ])('comes back byte for byte as long as nobody places anything: %s', async (_, files) => {
    const driver = await open(files);
    const given = typeof files === 'string' ? { 'design.yaml': files } : files;
    expect(driver.texts()).toEqual(given);
    // Neither an automatic layout nor an edit is a placement.
    driver.run(COMMANDS.editField, {
      record: driver.id('Secret/a'),
      edits: [{ op: 'set', path: ['type'], value: 'Opaque' }],
    });
    await driver.settled();
    expect(Object.values(driver.texts()).join('')).toContain(
      Object.values(given).join('').includes('layout') ? 'layout v1' : 'Opaque',
    );
    driver.expectUndoAndRedo();
  });

  it('stays as it is when another import brings the frame a place', async () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
    const driver = await open({ 'ns.yaml': namespace, 'b.yaml': secret('b') });
    await driver.import({ 'a.yaml': secret('a') + BLOCK });
    expect(driver.texts()).toEqual({ 'ns.yaml': namespace, 'b.yaml': secret('b'), 'a.yaml': secret('a') + BLOCK });
  });

  it('is written after somebody moved something, so that nothing jumps when it is opened again', async () => {
    const driver = await open({
      'a.yaml': `${secret('a')}---\n${secret('b', 'other')}`,
      'c.yaml': secret('c').replaceAll('\n', '\r\n'),
    });
    move(driver, 'Secret/a', 400, 300);
    await driver.settled();
    const texts = driver.texts();
    expect(texts['a.yaml']).toMatch(/^# drydock: application Secret\/shop\/a @ 400,300$/m);
    expect(texts['c.yaml']).toMatch(/\r\n# drydock:layout v1\r\n# drydock: application Secret\/shop\/c @ \d+,\d+\r\n/);
    expect(shown(await reopened(driver))).toEqual(shown(driver));
    expect(driver.texts('drop')).toEqual({
      'a.yaml': `${secret('a')}---\n${secret('b', 'other')}`,
      'c.yaml': secret('c').replaceAll('\n', '\r\n'),
    });
    driver.expectUndoAndRedo();
  });

  it('follows a rename and a deletion, and keeps lines that it does not know', async () => {
    const driver = await open(`${secret('a')}---\n${secret('b')}${BLOCK}`);
    driver.run(COMMANDS.renameRecord, { record: driver.id('Secret/a'), name: 'z' });
    expect(driver.texts()['design.yaml']).toContain('# drydock: application Secret/shop/z @ 10,20\n');
    expect(driver.texts()['design.yaml']).not.toContain('Secret/shop/a');
    expect(driver.texts()['design.yaml']).toMatch(/\n# a note of mine\n$/);
    expect(shown(await reopened(driver))).toMatchObject({ z: [10, 20] });
    driver.run(COMMANDS.deleteRecords, { records: [driver.id('Secret/z')] });
    expect(driver.texts()['design.yaml']).not.toContain('Secret/shop/z');
    driver.expectUndoAndRedo();
  });

  it('travels in a List', async () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: a}\n';
    const driver = await open(list);
    move(driver, 'Secret/a', 40, 50);
    await driver.settled();
    expect(driver.texts()['design.yaml']).toMatch(/^# drydock: application Secret\/default\/a @ 40,50$/m);
    expect(shown(await reopened(driver))).toEqual(shown(driver));
  });

  it('is written after tidying', async () => {
    const driver = await open(secret('a'));
    driver.workspace.tidy();
    for (let turn = 0; driver.state.history.undo?.id !== 'layout.tidy' && turn < 200; turn++)
      await new Promise((go) => setTimeout(go, 1));
    expect(driver.texts()['design.yaml']).toContain('# drydock: application Secret/shop/a @');
  });
});

describe("Drydock's own file", () => {
  it('holds the layout of JSON files, and is no object and nothing skipped', async () => {
    const driver = await open({ 'j.json': JSON_SECRET, 'a.yaml': secret('a') });
    move(driver, 'Secret/j', 77, 88);
    await driver.settled();
    const texts = driver.texts();
    expect(texts['j.json']).toBe(JSON_SECRET);
    expect(texts['drydock.yaml']).toContain(
      'apiVersion: drydock.dev/v1\nkind: Layout\nplacements:\n- picture: application\n  key: Secret/shop/j\n  left: 77\n  top: 88\n',
    );
    const again = await reopened(driver);
    expect(shown(again)).toEqual(shown(driver));
    expect(again.state.import).toMatchObject({ account: { objects: 2, skipped: [], files: 3 } });
    expect(again.texts()).toEqual(texts);
    expect(Object.keys(again.texts('drop'))).toEqual(['j.json', 'a.yaml']);
    expect(driver.design.files.has('drydock.yaml')).toBe(false);
    driver.expectUndoAndRedo();
  });

  it('keeps what else stands in it', async () => {
    const own = `# mine\napiVersion: drydock.dev/v1\nkind: Layout\nplacements:\n- {picture: application, key: Secret/shop/j, left: 1, top: 2}\n- oops\n---\n# a note\n`;
    const driver = await open({ 'j.json': JSON_SECRET, 'drydock.yaml': own });
    expect(shown(driver)['j']).toEqual([1, 2]);
    expect(driver.texts()['drydock.yaml']).toBe(own);
    move(driver, 'Secret/j', 3, 4);
    expect(driver.texts()['drydock.yaml']).toMatch(
      /key: Secret\/shop\/j\n {2}left: 3\n {2}top: 4\n[^]*---\n# a note\n$/,
    );
    driver.expectUndoAndRedo();
  });
});
