import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { copiedText } from '../copied-text.ts';
import { COMMANDS } from './index.ts';

const PAIR = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, uid: 1-2}
spec:
  containers:
    - name: a
      image: a:1
      envFrom: [{configMapRef: {name: settings}}] # both
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {a: "1"}
`;

describe('pasting', () => {
  it('gives names that are taken another, and what is pasted with them follows', async () => {
    const driver = await open(PAIR);
    const text = copiedText(driver.design, driver.design.records.keys());
    expect(text).toBe(PAIR);
    driver.run(COMMANDS.pasteManifest, { text });
    const [, , web, settings] = [...driver.design.records.values()];
    expect([web?.identity, settings?.identity]).toEqual(['Pod/shop/web-copy', 'ConfigMap/shop/settings-copy']);
    expect(driver.changed().filter((line) => line.includes('configMapRef'))).toEqual([
      '+      envFrom: [{configMapRef: {name: settings-copy}}] # both',
    ]);
    expect(driver.changed().join('\n')).not.toContain('uid');
    expect(driver.state.selection).toEqual(new Set([web?.id, settings?.id]));
    driver.expectUndoAndRedo();
  });

  it('keeps names that are free, takes JSON and Lists, and says when there is nothing', async () => {
    const driver = await open('apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n');
    const text = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name } })),
    });
    driver.run(COMMANDS.pasteManifest, { text });
    expect([...driver.design.records.values()].map(({ identity }) => identity)).toEqual([
      'Namespace//shop',
      'Secret/default/a',
      'Secret/default/b',
    ]);
    expect(driver.run(COMMANDS.pasteManifest, { text: 'hello' })?.refused).toBe('command.nothingToPaste');
    driver.expectUndoAndRedo();
  });

  it('makes a connected object in one step, whichever end writes it', async () => {
    const driver = await open(PAIR);
    driver.run(COMMANDS.addConnected, { to: driver.id('Pod/web'), kind: { group: '', kind: 'ServiceAccount' } });
    expect(driver.record('ServiceAccount/serviceaccount').namespace).toBe('shop');
    expect(driver.changed()).toContain('+  serviceAccountName: serviceaccount');
    expect(
      driver.run(COMMANDS.addConnected, { to: driver.id('Pod/web'), kind: { group: '', kind: 'Namespace' } })?.refused,
    ).toBe('connect.noMeaning');
    driver.expectUndoAndRedo();
  });

  it('takes a whole line of the picture away in one step', async () => {
    const driver = await open(
      PAIR.replace(
        'envFrom: [{configMapRef: {name: settings}}]',
        'envFrom: [{configMapRef: {name: settings}}, {prefix: X_, configMapRef: {name: settings}}]',
      ),
    );
    await driver.settled();
    const edge = driver.state.scene.edges.find(({ references }) => references.length === 2);
    driver.run(COMMANDS.disconnectReferences, { references: edge?.references ?? [] });
    expect(driver.texts()['design.yaml']).not.toContain('configMapRef');
    driver.expectUndoAndRedo();
  });
});
