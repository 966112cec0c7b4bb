import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../design/commands/index.ts';
import { DocumentHost } from './document-host.ts';
import type { DocumentPort } from './document-port.ts';
import type { FromDocument, ToDocument } from './protocol.ts';
import { Driver, filesOf, open, pause, testPort } from './testing/driver.ts';
import type { ImportState } from './workspace.ts';

const secret = (name: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n`;
const many = (count: number): string => Array.from({ length: count }, (_, index) => secret(`s${index}`)).join('---\n');

describe('an import', () => {
  it('ends with counts of what came and of what was not understood', async () => {
    const driver = new Driver();
    const account = await driver.import({
      'a.yaml': `${secret('a')}---\na: [\n---\nno object\n`,
      'b.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {imagePullSecrets: [{name: a}], containers: [{name: a, image: a}]}\n',
      'c.bin': new Uint8Array([0, 1, 2, 255]),
    });
    expect(account).toMatchObject({ files: 3, objects: 2, kinds: 2, references: 1, cancelled: false });
    expect(account.skipped.map(({ file, id, line }) => [file, id, line])).toEqual([
      ['a.yaml', 'manifest.syntax', expect.any(Number)],
      ['a.yaml', 'manifest.notAnObject', 7],
      ['c.bin', 'manifest.binary', 1],
    ]);
    expect(driver.workspace.exportFiles({ layout: 'keep' }).map(({ content }) => content.length)).toEqual([
      secret('a').length + 23,
      expect.any(Number),
      4,
    ]);
    driver.workspace.dismissImport();
    expect(driver.state.import).toEqual({ status: 'idle' });
  });

  it('tells how far it is, and can be given up in the middle of one file', async () => {
    const driver = new Driver();
    const seen: ImportState[] = [];
    const stop = driver.workspace.store.subscribe(({ import: state }) => {
      if (seen.at(-1) !== state) seen.push(state);
      if (state.status === 'running' && state.objects > 0) driver.workspace.cancelImport();
    });
    const account = await driver.import({ 'big.yaml': many(40_000) });
    expect(account).toMatchObject({ cancelled: true, objects: 0 });
    const told = seen.flatMap((state) => (state.status === 'running' ? [state] : []));
    expect(told.at(-1)).toMatchObject({ filesDone: 0, filesTotal: 1 });
    expect(told.at(-1)!.objects).toBeGreaterThan(0);
    expect(told.at(-1)!.objects).toBeLessThan(40_000);
    expect(driver.design.files.size).toBe(0);
    expect(driver.state.history.undo).toBeUndefined();
    stop();
    expect((await driver.import(secret('a'))).objects).toBe(1);
  });

  it('that was given up when it had just ended changes nothing', async () => {
    const driver = new Driver();
    driver.workspace.importFiles(filesOf(secret('a')));
    driver.workspace.cancelImport();
    await driver.settled();
    expect(driver.state.import).toMatchObject({ status: 'done', account: { cancelled: true } });
    expect(driver.design.files.size).toBe(0);
  });

  it('waits for the one before, and both are kept', async () => {
    const driver = new Driver();
    driver.workspace.importFiles(filesOf({ 'a.yaml': secret('a') }));
    driver.workspace.importFiles(filesOf({ 'a.yaml': secret('b'), 'dir/a.yaml': secret('c') }));
    await driver.settled();
    expect(driver.texts()).toEqual({ 'a.yaml': secret('a'), 'a (2).yaml': secret('b'), 'dir/a.yaml': secret('c') });
    expect(driver.record('Secret/b').file).toBe('a (2).yaml');
    expect(driver.state.scene.cards).toHaveLength(3);
    driver.workspace.undo();
    expect(driver.texts()).toEqual({ 'a.yaml': secret('a') });
  });

  it('keeps the same file twice, and says that the objects are there twice', async () => {
    const driver = await open(secret('a'));
    await driver.import(secret('a'));
    expect(driver.texts()).toEqual({ 'design.yaml': secret('a'), 'design (2).yaml': secret('a') });
    expect(driver.state.problems.map(({ id }) => id)).toContain('identity.duplicate');
  });

  it('comes on top of what was done while it ran', async () => {
    const driver = await open(secret('a'));
    driver.workspace.importFiles(filesOf({ 'secret-b.yaml': secret('x'), 'z.yaml': secret('z') }));
    driver.run(COMMANDS.editField, {
      record: driver.id('Secret/a'),
      edits: [{ op: 'set', path: ['type'], value: 'kept' }],
    });
    await driver.settled();
    expect(driver.texts()).toEqual({
      'design.yaml': `${secret('a')}type: kept\n`,
      'secret-b.yaml': secret('x'),
      'z.yaml': secret('z'),
    });
    driver.workspace.undo();
    driver.workspace.undo();
    expect(driver.texts()).toEqual({ 'design.yaml': secret('a') });
    driver.workspace.redo();
    driver.workspace.redo();
    await driver.settled();
    expect(driver.state.scene.cards).toHaveLength(3);
  });

  it('gives way to a path that was taken while it ran', async () => {
    const driver = await open({ 'a.yaml': secret('a'), 'b.yaml': secret('b') });
    driver.workspace.importFiles(filesOf({ 'configmap.yaml': secret('x') }));
    driver.run(COMMANDS.addRecord, { kind: { group: '', kind: 'ConfigMap' } });
    await driver.settled();
    expect(Object.keys(driver.texts())).toEqual(['a.yaml', 'b.yaml', 'configmap.yaml', 'configmap (2).yaml']);
    expect(driver.record('Secret/x').file).toBe('configmap (2).yaml');
    driver.run(COMMANDS.renameRecord, { record: driver.id('Secret/x'), name: 'web' });
    await driver.settled();
    expect(driver.texts()['configmap (2).yaml']).toBe(secret('web'));
    expect(driver.state.failure).toBeUndefined();
  });

  it('of nothing ends at once', async () => {
    const account = await new Driver().import({});
    expect(account).toMatchObject({ files: 0, objects: 0, cancelled: false });
  });
});

describe('a failure of the document thread', () => {
  it('is said, ends the import and leaves the work intact', async () => {
    let fail = false;
    const driver = new Driver(failing(({ type }) => fail && type === 'import'));
    await driver.import(secret('a'));
    driver.run(COMMANDS.renameRecord, { record: driver.id('Secret/a'), name: 'b' });
    fail = true;
    driver.workspace.importFiles(filesOf({ 'x.yaml': secret('x') }));
    await driver.settled();
    expect(driver.state).toMatchObject({ failure: 'out of memory', import: { status: 'idle' } });
    expect(driver.texts()).toEqual({ 'design.yaml': secret('b') });
    fail = false;
    driver.workspace.dismissFailure();
    expect((await driver.import({ 'y.yaml': secret('y') })).objects).toBe(1);
    expect(driver.state.failure).toBeUndefined();
  });

  it('in the middle of a layout is reported, and the next change is answered again', async () => {
    const said: FromDocument[] = [];
    let broken = true;
    const host = new DocumentHost({
      post: (message) => void said.push(message),
      pause,
      nowMs: () => 0,
      kernel: () => (broken ? Promise.reject(new Error('no layout')) : Promise.resolve({ id: 'root', children: [] })),
      kinds: (await open('')).state.registry,
    });
    const change = (revision: number): ToDocument => ({
      type: 'change',
      revision,
      picture: 'application',
      change: { files: NONE, segments: NONE, records: { set: [['r1', RECORD]], removed: [] } },
    });
    host.receive(change(1));
    await pause();
    await pause();
    expect(said.map(({ type }) => type)).toEqual(['failed']);
    broken = false;
    host.receive(change(2));
    await pause();
    await pause();
    expect(said.map(({ type }) => type)).toEqual(['failed', 'derived']);
  });
});

/** A port whose thread fails when it is told to. */
function failing(when: (message: ToDocument) => boolean): DocumentPort {
  const port = testPort();
  let handler: (message: FromDocument) => void = () => undefined;
  return {
    ...port,
    listen: (given) => {
      handler = given;
      port.listen(given);
    },
    post: (message) => {
      if (!when(message)) return port.post(message);
      const ticket = message.type === 'import' ? { ticket: message.ticket } : {};
      queueMicrotask(() => handler({ type: 'failed', message: 'out of memory', ...ticket }));
    },
  };
}

const NONE = { set: [], removed: [] };
const RECORD = {
  id: 'r1',
  file: 'a.yaml',
  segment: 's1',
  path: [],
  line: 0,
  object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } },
  identity: 'Secret/default/a',
  namespace: 'default',
};
