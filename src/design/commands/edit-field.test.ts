import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { editField } = COMMANDS;
const WEB = `# head
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}} # flow
spec:
  replicas: 3   # three

  # the template
  template:
    spec:
      containers:
      - name: a
        args: ["-v"]
`;

describe('editing a field', () => {
  it.each([
    ['a number', ['spec', 'replicas'], 5, ['-  replicas: 3   # three', '+  replicas: 5   # three']],
    ['a word that others read as a boolean', ['spec', 'x'], 'no', ['+  x: "no"']],
    [
      'a field in a flow map',
      ['metadata', 'labels', 'app'],
      'shop',
      ['-metadata: {name: web, labels: {app: web}} # flow', '+metadata: {name: web, labels: {app: shop}} # flow'],
    ],
    ['an integer beyond 2^53', ['spec', 'x'], 9007199254740993n, ['+  x: 9007199254740993']],
  ] as const)('changes only the line of %s', async (_, path, value, expected) => {
    const driver = await open(WEB);
    const id = driver.id('Deployment/web');
    expect(driver.run(editField, { record: id, edits: [{ op: 'set', path, value }] })).toBeUndefined();
    expect(driver.changed()).toEqual(expected);
    expect(driver.id('Deployment/web')).toBe(id);
    driver.expectUndoAndRedo();
  });

  it('changes one document of many, in a file with CRLF and a byte order mark', async () => {
    const text = `\ufeff${WEB}---\n${WEB.replaceAll('web', 'shop')}`.replaceAll('\n', '\r\n');
    const driver = await open(text);
    driver.run(editField, {
      record: driver.id('Deployment/shop'),
      edits: [{ op: 'append', path: ['spec', 'list'], value: 'a' }],
    });
    expect(driver.changed()).toEqual(['+  list:\r', '+  - a\r']);
    expect(driver.texts()['design.yaml']).toMatch(/^\ufeff# head\r\n/);
    driver.expectUndoAndRedo();
  });

  it('edits an item of a List, and JSON that stands in flow among YAML', async () => {
    const text = `apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Secret, metadata: {name: a}}
- apiVersion: v1
  kind: Secret
  metadata: {name: b}
---
{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "c"}} # flow
`;
    const driver = await open(text);
    for (const name of ['a', 'b', 'c']) {
      driver.run(editField, {
        record: driver.id(`Secret/${name}`),
        edits: [{ op: 'set', path: ['type'], value: 'Opaque' }],
      });
    }
    expect(driver.texts()['design.yaml']).toBe(
      text
        .replace('name: a}}', 'name: a}, type: Opaque}')
        .replace('{name: b}', '{name: b}\n  type: Opaque')
        .replace('"c"}}', '"c"}, type: Opaque}'),
    );
    driver.expectUndoAndRedo();
  });

  it('makes several edits as one step, all or none', async () => {
    const driver = await open(WEB);
    const record = driver.id('Deployment/web');
    const bad = driver.run(editField, {
      record,
      edits: [
        { op: 'set', path: ['spec', 'replicas'], value: 4 },
        { op: 'set', path: ['kind', 'x'], value: 1 },
      ],
    });
    expect(bad).toMatchObject({ refused: 'command.cannotEditText', params: { reason: 'edit.notAMap' } });
    expect(driver.changed()).toEqual([]);
    expect(driver.run(editField, { record, edits: [] })).toEqual({ refused: 'command.noChange' });
    expect(driver.run(editField, { record, edits: [{ op: 'set', path: ['spec', 'replicas'], value: 3 }] })).toEqual({
      refused: 'command.noChange',
    });
    expect(driver.run(editField, { record: 'r0', edits: [] })).toEqual({ refused: 'command.noSuchRecord' });
  });

  it('refuses a field whose text belongs to an anchor, and says which', async () => {
    const driver = await open(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: &l {a: b}}\nspec: {nodeSelector: *l}\n',
    );
    const refusal = driver.run(editField, {
      record: driver.id('Pod/p'),
      edits: [{ op: 'set', path: ['spec', 'nodeSelector', 'a'], value: 'c' }],
    });
    expect(refusal).toEqual({ refused: 'command.cannotEditText', params: { reason: 'edit.insideAlias', anchor: 'l' } });
  });

  it('writes keys that look like JavaScript as plain keys', async () => {
    const driver = await open('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: b\n');
    for (const key of ['__proto__', 'constructor']) {
      driver.run(editField, {
        record: driver.id('ConfigMap/c'),
        edits: [{ op: 'set', path: ['data', key], value: 'x' }],
      });
    }
    expect(driver.changed()).toEqual(['+  __proto__: x', '+  constructor: x']);
    expect(Object.prototype).not.toHaveProperty('x');
    driver.expectUndoAndRedo();
  });
});
