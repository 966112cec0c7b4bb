import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { insertManifest } = COMMANDS;
const PAIR = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web # whoever is called that
  ports:
    - port: 80
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web-config
data:
  webhook: my.web/web
# drydock:layout v1
# drydock: application Service/default/web @ 24,60
# drydock: application ConfigMap/default/web-config @ 296,100
`;
const args = { text: PAIR, file: 'web.yaml', title: 'Web', stem: 'web' };

describe('inserting several objects that belong together', () => {
  it('begins a file of its own, places its cards as they were drawn, and selects them', async () => {
    const driver = await open({});
    driver.begin();
    driver.run(insertManifest, { ...args, at: { x: 100, y: 200 } });
    expect([...driver.design.files.keys()]).toEqual(['web.yaml']);
    expect(driver.design.placements.application.get(driver.id('Service/web'))).toEqual({ x: 100, y: 200 });
    expect(driver.design.placements.application.get(driver.id('ConfigMap/web-config'))).toEqual({ x: 372, y: 240 });
    expect(driver.state.selection.size).toBe(2);
    driver.expectUndoAndRedo();
  });

  it('gives every name and label of a second one a number, and nothing else', async () => {
    const driver = await open({});
    driver.begin();
    driver.run(insertManifest, args);
    driver.run(insertManifest, args);
    const [, second] = driver.texts()['web.yaml']!.split(/(?=---\napiVersion: v1\nkind: Service)/);
    expect(second).toContain('name: web-2\n');
    expect(second).toContain('app: web-2 # whoever');
    expect(second).toContain('name: web-2-config\n');
    expect(second).toContain('webhook: my.web/web\n');
    driver.expectUndoAndRedo();
  });

  it('goes into the namespace asked for, at the end of the only file', async () => {
    const driver = await open('apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n');
    driver.run(insertManifest, { ...args, namespace: 'shop' });
    expect(driver.record('Service/web').identity).toBe('Service/shop/web');
    expect(driver.record('ConfigMap/web-config').namespace).toBe('shop');
    expect([...driver.design.files.keys()]).toEqual(['design.yaml']);
    driver.expectUndoAndRedo();
  });
});
