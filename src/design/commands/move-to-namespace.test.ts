import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { moveToNamespace } = COMMANDS;
const object = (kind: string, name: string, namespace?: string): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${namespace === undefined ? '' : `  namespace: ${namespace} # ns\n`}`;

const ROUTE = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: r
  namespace: shop
spec:
  rules:
  - backendRefs:
    - name: web # backend
      port: 80
`;

describe('moving to a namespace', () => {
  it('changes the namespace of each, and takes `default` for none', async () => {
    const driver = await open([object('Secret', 'a', 'shop'), object('Secret', 'b')].join('---\n'));
    const records = [driver.id('Secret/a'), driver.id('Secret/b')];
    driver.run(moveToNamespace, { records, namespace: 'store' });
    expect(driver.texts()['design.yaml']).toBe(
      [object('Secret', 'a', 'store'), `${object('Secret', 'b')}  namespace: store\n`].join('---\n'),
    );
    driver.run(moveToNamespace, { records, namespace: 'default' });
    expect(driver.record('Secret/b').identity).toBe('Secret/default/b');
    driver.expectUndoAndRedo();
  });

  it('is followed by references that write the namespace', async () => {
    const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: b}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
`;
    const driver = await open({ 'a.yaml': object('ServiceAccount', 'web', 'shop'), 'b.yaml': binding });
    driver.run(moveToNamespace, { records: [driver.id('ServiceAccount/web')], namespace: 'store' });
    expect(driver.texts()['b.yaml']).toBe(binding.replace('namespace: shop', 'namespace: store'));
    driver.expectUndoAndRedo();
  });

  it('leaves a reference alone that means its own namespace: it breaks, or moves along', async () => {
    const driver = await open({ 'r.yaml': ROUTE, 's.yaml': object('Service', 'web', 'shop') });
    driver.run(moveToNamespace, { records: [driver.id('Service/web')], namespace: 'store' });
    expect(driver.texts()['r.yaml']).toBe(ROUTE);
    await driver.settled();
    expect(driver.state.problems.map(({ id }) => id)).toContain('reference.missing');
    driver.run(moveToNamespace, { records: [driver.id('HTTPRoute/r')], namespace: 'store' });
    await driver.settled();
    expect(driver.state.problems.map(({ id }) => id)).not.toContain('reference.missing');
    driver.expectUndoAndRedo();
  });

  it('moves items of a List', async () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: a}\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: b}\n`;
    const driver = await open(text);
    driver.run(moveToNamespace, { records: [driver.id('Secret/a'), driver.id('Secret/b')], namespace: 'x1' });
    expect(driver.texts()['design.yaml']).toBe(
      text.replace('a}', 'a, namespace: x1}').replace('b}', 'b, namespace: x1}'),
    );
    driver.expectUndoAndRedo();
  });

  it('refuses what cannot be', async () => {
    const driver = await open(
      [
        object('Secret', 'a', 'shop'),
        object('Secret', 'a', 'store'),
        object('Secret', 'a', 'third'),
        object('Namespace', 'shop'),
        'apiVersion: v1\nkind: Secret\nmetadata: {generateName: x}\n',
        'apiVersion: v1\nkind: Secret\nmetadata: {generateName: y, namespace: store}\n',
      ].join('---\n'),
    );
    const [a, b, c, shop, unnamed] = [...driver.design.records.keys()];
    const move = (records: readonly string[], namespace: string) => driver.run(moveToNamespace, { records, namespace });
    expect(move([a!], 'store')).toEqual({ refused: 'command.name.taken', params: { identity: 'Secret/store/a' } });
    expect(move([a!, c!], 'fourth')).toEqual({
      refused: 'command.name.taken',
      params: { identity: 'Secret/fourth/a' },
    });
    expect(move([shop!], 'store')).toEqual({ refused: 'command.clusterScoped', params: { kind: 'Namespace' } });
    expect(move([a!], 'A')).toMatchObject({ refused: 'command.name.invalid' });
    expect(move([b!], 'store')).toEqual({ refused: 'command.noChange' });
    expect(move([], 'store')).toEqual({ refused: 'command.nothingSelected' });
    expect(move(['x'], 'store')).toEqual({ refused: 'command.noSuchRecord' });
    expect(driver.changed()).toEqual([]);
    // Objects without a name take nobody's.
    expect(move([unnamed!], 'store')).toBeUndefined();
    driver.expectUndoAndRedo();
  });
});
