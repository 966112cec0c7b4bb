import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { SERVICE, WEB } from '../testing/web-manifests.ts';
import { COMMANDS } from './index.ts';

const { disconnectReference } = COMMANDS;

const SETTINGS = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {A: b}\n`;

const owner = (name: string): string => `  - {apiVersion: apps/v1, kind: Deployment, name: ${name}, uid: "1"}\n`;

const pod = (owners: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n${owners}`;

describe('disconnecting', () => {
  const CONNECTED = WEB.replace('image: web:1', 'image: web:1\n          envFrom: [{configMapRef: {name: settings}}]');

  it('takes away the lines that an arrow comes from', async () => {
    const driver = await open(`${CONNECTED}---\n${SETTINGS}`);
    const [reference] = driver.state.graph.incoming(driver.id('ConfigMap/settings'));
    driver.run(disconnectReference, { reference: reference!.index });
    expect(driver.texts()['design.yaml']).not.toContain('configMapRef');
    expect(driver.record('Deployment/web').object['spec']).toMatchObject({ selector: { matchLabels: { app: 'web' } } });
    driver.expectUndoAndRedo();
  });

  it('finds a reference of older answers again', async () => {
    const driver = await open(`${CONNECTED}---\n${SETTINGS}`);
    const [reference] = driver.state.graph.incoming(driver.id('ConfigMap/settings'));
    driver.run(COMMANDS.editField, {
      record: driver.id('Deployment/web'),
      edits: [{ op: 'set', path: ['metadata', 'namespace'], value: 'default' }],
    });
    expect(driver.run(disconnectReference, { reference: reference! })).toBeUndefined();
    expect(driver.texts()['design.yaml']).not.toContain('configMapRef');
    expect(driver.texts()['design.yaml']).toContain('namespace: default');
    driver.expectUndoAndRedo();
  });

  it('takes an owner away, with the list when it was the only one', async () => {
    const driver = await open(`${WEB}---\n${pod(`  ownerReferences:\n${owner('web')}${owner('other')}`)}`);
    const disconnect = async (): Promise<void> => {
      await driver.settled();
      const [reference] = driver.state.graph
        .outgoing(driver.id('Pod/p'))
        .filter(({ declaration }) => declaration.type === 'owner');
      driver.run(disconnectReference, { reference: reference! });
    };
    await disconnect();
    expect(driver.texts()['design.yaml']).toBe(`${WEB}---\n${pod(`  ownerReferences:\n${owner('other')}`)}`);
    await disconnect();
    expect(driver.texts()['design.yaml']).toBe(`${WEB}---\n${pod('')}`);
    driver.expectUndoAndRedo();
  });

  it('refuses a namespace, a required field and what is gone', async () => {
    const driver = await open(
      `${WEB}---\n${SERVICE.replace('name: web', 'name: web\n  namespace: default')}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n`,
    );
    const [namespace] = driver.state.graph.outgoing(driver.id('Service/web'));
    expect(driver.run(disconnectReference, { reference: namespace!.index })).toEqual({
      refused: 'disconnect.required',
    });
    expect(driver.run(disconnectReference, { reference: 99 })).toEqual({ refused: 'command.noSuchRecord' });
    expect(driver.changed()).toEqual([]);
  });
});
