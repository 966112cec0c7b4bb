import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { duplicateRecords } = COMMANDS;

const WEB = `# The web server.
apiVersion: v1
kind: Service
metadata:
  name: web # its name
  uid: 0f
  resourceVersion: "12"
  ownerReferences:
  - {apiVersion: v1, kind: ConfigMap, name: x, uid: 1f}
spec: {ports: [{port: 80}]}
status: {loadBalancer: {}}
`;
const COPY = `# The web server.
apiVersion: v1
kind: Service
metadata:
  name: web-copy # its name
spec: {ports: [{port: 80}]}
`;

describe('duplicating', () => {
  it('copies text and comments under a new name, without what a cluster gave', async () => {
    const driver = await open(WEB);
    driver.run(duplicateRecords, { records: [driver.id('Service/web')] });
    expect(driver.texts()['design.yaml']).toBe(`${WEB}---\n${COPY}`);
    driver.run(duplicateRecords, { records: [driver.id('Service/web')] });
    expect(driver.texts()['design.yaml']).toBe(`${WEB}---\n${COPY}---\n${COPY.replace('web-copy', 'web-copy-2')}`);
    expect([...driver.state.selection]).toEqual([driver.id('Service/web-copy-2')]);
    driver.expectUndoAndRedo();
  });

  it('keeps CRLF, ends a last line that had no end, and stays before the layout', async () => {
    const text = `apiVersion: v1\r\nkind: Secret\r\nmetadata: {name: a}`;
    const block = '\r\n# drydock:layout v1 (joined)\r\n# drydock: application Secret/default/a @ 5,5\r\n';
    const driver = await open(text + block);
    driver.run(duplicateRecords, { records: [driver.id('Secret/a')] });
    expect(driver.texts('drop')['design.yaml']).toBe(`${text}\r\n---\r\n${text.replace(': a', ': a-copy')}\r\n`);
    expect(driver.texts()['design.yaml']).toMatch(
      /\r\n# drydock:layout v1\r\n# drydock: application Secret\/default\/a @ 5,5\r\n# drydock: application Secret\/default\/a-copy @ 29,29\r\n/,
    );
    driver.expectUndoAndRedo();
  });

  it('writes a copy of an item of a List, or of a JSON object, as YAML of its own', async () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: a}\n`;
    const json = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}`;
    const driver = await open({ 'list.yaml': list, 'k8s/b.json': json });
    driver.run(duplicateRecords, { records: [driver.id('Secret/a'), driver.id('ConfigMap/b')] });
    expect(driver.texts()).toEqual({
      'list.yaml': `${list}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: a-copy\n`,
      'k8s/b.json': json,
      'k8s/configmap-b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b-copy\n',
    });
    driver.expectUndoAndRedo();
  });

  it('copies an object that only has a generateName as it is', async () => {
    const text = 'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: job-}\n';
    const driver = await open(text);
    driver.run(duplicateRecords, { records: [...driver.design.records.keys()] });
    expect(driver.texts()['design.yaml']).toBe(`${text}---\n${text}`);
    expect(driver.design.records.size).toBe(2);
    driver.expectUndoAndRedo();
  });

  it('keeps a long name within what a Service may be called', async () => {
    const name = 'a'.repeat(63);
    const driver = await open(`apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`);
    driver.run(duplicateRecords, { records: [driver.id(`Service/${name}`)] });
    expect(driver.id(`Service/${'a'.repeat(55)}-copy`)).toBeDefined();
    driver.expectUndoAndRedo();
  });

  it('puts the copy beside the original where that was placed, in each picture', async () => {
    const driver = await open(WEB);
    const id = driver.id('Service/web');
    driver.run(COMMANDS.movePlacements, { picture: 'cluster', placements: new Map([[id, { x: 10, y: 20 }]]) });
    driver.run(duplicateRecords, { records: [id] });
    expect(driver.design.placements.cluster.get(driver.id('Service/web-copy'))).toEqual({ x: 34, y: 44 });
    driver.expectUndoAndRedo();
  });

  it('refuses what is not there', async () => {
    const driver = await open(WEB);
    expect(driver.run(duplicateRecords, { records: [] })).toEqual({ refused: 'command.nothingSelected' });
    expect(driver.run(duplicateRecords, { records: ['x'] })).toEqual({ refused: 'command.noSuchRecord' });
  });
});
