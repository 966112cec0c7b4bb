import { describe, expect, it } from 'vitest';
import { accountOfDeletion } from '../design/commands/delete-records.ts';
import { COMMANDS } from '../design/commands/index.ts';
import { Driver, open, pause } from './testing/driver.ts';

const secret = (name: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n`;
const { renameRecord, deleteRecords, editField } = COMMANDS;

const crd = (scope: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: ${scope}
  names: {kind: Widget, plural: widgets}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`;

describe('the store', () => {
  it('says what undo and redo would do', async () => {
    const driver = await open(secret('a'));
    expect(driver.state.history.undo).toEqual({ id: 'files.import', params: { files: 1, objects: 1 } });
    driver.run(renameRecord, { record: driver.id('Secret/a'), name: 'b' });
    driver.workspace.undo();
    expect(driver.state.history.redo?.id).toBe('record.rename');
    driver.workspace.undo();
    expect(driver.state.history.undo).toBeUndefined();
    expect(driver.design.files.size).toBe(0);
    driver.workspace.undo();
    driver.workspace.redo();
    driver.workspace.redo();
    driver.workspace.redo();
    expect(driver.texts()).toEqual({ 'design.yaml': secret('b') });
    await driver.settled();
    expect(driver.state.scene.cards.map(({ name }) => name)).toEqual(['b']);
  });

  it('keeps of the selection what is still there', async () => {
    const driver = await open(`${secret('a')}---\n${secret('b')}`);
    const [a, b] = [driver.id('Secret/a'), driver.id('Secret/b')];
    driver.workspace.select([a, b, 'gone']);
    expect([...driver.state.selection]).toEqual([a, b]);
    driver.run(editField, { record: a, edits: [{ op: 'set', path: ['type'], value: 'x' }] });
    expect([...driver.state.selection]).toEqual([a, b]);
    driver.workspace.undo();
    driver.workspace.undo();
    expect(driver.state.selection.size).toBe(0);
  });

  it('never gives the name of an undone record to another', async () => {
    const driver = await open(secret('a'));
    const names = new Set(driver.design.records.keys());
    for (let round = 0; round < 3; round++) {
      driver.run(COMMANDS.addRecord, { kind: { group: '', kind: 'Secret' } });
      const [id] = driver.state.selection;
      expect(names.has(id!)).toBe(false);
      names.add(id!);
      driver.workspace.undo();
    }
  });

  it('shows a preview without changing anything', async () => {
    const driver = await open(secret('a'));
    const { design } = driver;
    const outcome = driver.workspace.preview(deleteRecords, { records: [driver.id('Secret/a')] });
    expect(outcome).toMatchObject({ description: { id: 'record.delete' } });
    expect(driver.design).toBe(design);
  });

  it('empties the canvas as one step', async () => {
    const driver = await open(secret('a'));
    driver.workspace.clear();
    expect(driver.texts()).toEqual({});
    driver.workspace.clear();
    driver.workspace.undo();
    expect(driver.texts()).toEqual({ 'design.yaml': secret('a') });
    await driver.settled();
    expect(driver.state.scene.cards).toHaveLength(1);
  });

  it('tidies as one step, whatever people placed, and drops places of what is gone by then', async () => {
    const driver = await open(`${secret('a')}---\n${secret('b')}`);
    const [a, b] = [driver.id('Secret/a'), driver.id('Secret/b')];
    driver.run(COMMANDS.movePlacements, { picture: 'application', placements: new Map([[a, { x: 900, y: 900 }]]) });
    await driver.settled();
    driver.workspace.tidy();
    driver.run(deleteRecords, { records: [b] });
    for (let turn = 0; driver.state.history.undo?.id !== 'layout.tidy' && turn < 100; turn++) await pause();
    expect([...driver.design.placements.application.keys()].sort()).toEqual(['frame:default', a].sort());
    expect(driver.design.placements.application.get(a)!.x).toBeLessThan(900);
    driver.workspace.undo();
    expect(driver.design.placements.application.get(a)).toEqual({ x: 900, y: 900 });
  });

  it('shows the other picture and comes back', async () => {
    const driver = await open(secret('a'));
    driver.workspace.showPicture('cluster');
    expect(driver.state.pending).toBe(true);
    await driver.settled();
    driver.workspace.showPicture('cluster');
    expect(driver.state.pending).toBe(false);
    expect(driver.state.picture).toBe('cluster');
    const { frames } = driver.state.scene;
    expect(frames.map(({ kind, title }) => `${kind} ${title}`)).toEqual(['node cp-1', 'node w1', 'node w2', 'node w3']);
  });
});

describe('kinds that the design brings', () => {
  const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n';

  it('say where their objects live, whether they come before, after or change', async () => {
    const driver = await open({ 'w.yaml': widget });
    expect(driver.record('Widget/w').identity).toBe('Widget.example.com/default/w');
    await driver.import({ 'crd.yaml': crd('Cluster') });
    expect(driver.record('Widget/w').identity).toBe('Widget.example.com//w');
    expect(driver.state.scene.cards.find(({ name }) => name === 'w')?.frame).toBe('frame:');
    const record = driver.id('CustomResourceDefinition/widgets.example.com');
    driver.run(editField, { record, edits: [{ op: 'set', path: ['spec', 'scope'], value: 'Namespaced' }] });
    expect(driver.record('Widget/w').identity).toBe('Widget.example.com/default/w');
    driver.workspace.undo();
    expect(driver.record('Widget/w').identity).toBe('Widget.example.com//w');
    driver.run(deleteRecords, { records: [record] });
    expect(driver.record('Widget/w').identity).toBe('Widget.example.com/default/w');
    expect(driver.texts()).toEqual({ 'w.yaml': widget });
  });
});

it('says what depends on an object before the document thread has answered', async () => {
  const driver = await open(
    `${secret('a')}---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: "a:1"}]}\n`,
  );
  const path = ['spec', 'containers', 0, 'envFrom'];
  driver.run(editField, {
    record: driver.id('Pod/p'),
    edits: [{ op: 'set', path, value: [{ secretRef: { name: 'a' } }] }],
  });
  expect(driver.state.pending).toBe(true);
  expect(accountOfDeletion(driver.state.graph, [driver.id('Secret/a')])).toHaveLength(0);
  expect(accountOfDeletion(driver.workspace.references(), [driver.id('Secret/a')])).toHaveLength(1);
});

it('a first visit opens on nothing', () => {
  const { state } = new Driver();
  expect(state.design.records.size).toBe(0);
  expect(state.pending).toBe(false);
});

describe('lints', () => {
  it('are asked by default, and as a person chose from then on', async () => {
    const driver = new Driver();
    await driver.import(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostPID: true, containers: [{name: c, image: "a:1"}]}\n',
    );
    const ids = (): readonly string[] => driver.state.problems.map(({ id }) => id);
    expect(ids()).toContain('lint.host-pid');
    driver.workspace.switchLints({ on: ['no-node-affinity'], off: ['security'] });
    await driver.settled();
    expect(ids()).toContain('lint.no-node-affinity');
    expect(ids()).not.toContain('lint.host-pid');
    driver.workspace.switchLints({ on: [], off: ['all'] });
    await driver.settled();
    expect(ids()).toEqual([]);
  });

  it('asks what the release serves that the design is meant for', async () => {
    const driver = new Driver();
    await driver.import(
      'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: b}\nspec: {selector: {matchLabels: {a: b}}}\n',
    );
    const found = (): readonly string[] => driver.state.problems.map(({ id, severity }) => `${severity} ${id}`);
    expect(found()).toContain('error apiVersion.removed');
    driver.workspace.meanFor(24);
    await driver.settled();
    expect(found()).toContain('warning apiVersion.deprecated');
    expect(driver.state.release).toBe(24);
  });
});
