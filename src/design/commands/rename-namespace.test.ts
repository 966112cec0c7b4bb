import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { renameRecord } = COMMANDS;

const SHOP = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {kubernetes.io/metadata.name: shop}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop} # here
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec: {ports: [{port: 80}]}
`;
const OUTSIDE = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: b}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
- kind: ServiceAccount
  name: web
  namespace: shop
- kind: User
  name: system:serviceaccount:shop:web
- kind: User
  name: shop
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: other}
spec:
  podSelector: {}
  ingress:
  - from:
    - namespaceSelector:
        matchLabels: {kubernetes.io/metadata.name: shop}
    - namespaceSelector:
        matchExpressions:
        - key: kubernetes.io/metadata.name
          operator: In
          values: [shop, third]
---
apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata: {name: g, namespace: other}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}]
  to: [{group: "", kind: Service, name: shop}]
---
apiVersion: v1
kind: Pod
metadata: {name: p, namespace: other}
spec:
  containers: [{name: shop, image: shop}]
  affinity:
    podAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - labelSelector: {matchLabels: {a: b}}
        namespaces: [third, shop]
        topologyKey: kubernetes.io/hostname
`;

describe('renaming a Namespace', () => {
  it('takes along what lives in it, and whatever writes its name follows, as one step', async () => {
    const driver = await open({ 'shop.yaml': SHOP, 'outside.yaml': OUTSIDE });
    driver.run(COMMANDS.movePlacements, {
      picture: 'application',
      placements: new Map([['frame:shop', { x: 7, y: 9 }]]),
    });
    expect(driver.run(renameRecord, { record: driver.id('Namespace/shop'), name: 'store' })).toBeUndefined();
    const { 'shop.yaml': shop, 'outside.yaml': outside } = driver.texts('drop');
    expect(shop).toBe(SHOP.replaceAll('shop', 'store'));
    expect(outside).toBe(
      OUTSIDE.replaceAll('shop', 'store')
        .replace('name: store\n---', 'name: shop\n---')
        .replace('name: store}]', 'name: shop}]')
        .replace('{name: store, image: store}', '{name: shop, image: shop}'),
    );
    expect(driver.design.placements.application.get('frame:store')).toEqual({ x: 7, y: 9 });
    expect(driver.design.placements.application.has('frame:shop')).toBe(false);
    driver.expectUndoAndRedo();
  });

  it('writes the namespace of what named none', async () => {
    const text = `apiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n`;
    const driver = await open(text);
    driver.run(renameRecord, { record: driver.id('Namespace/default'), name: 'main' });
    expect(driver.record('Pod/p').identity).toBe('Pod/main/p');
    expect(driver.texts()['design.yaml']).toBe(`${text.replace('default', 'main')}  namespace: main\n`);
    driver.expectUndoAndRedo();
  });

  it('refuses where an object of the new namespace has the same name', async () => {
    const driver = await open(`${SHOP}---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: store}\n`);
    expect(driver.run(renameRecord, { record: driver.id('Namespace/shop'), name: 'store' })).toEqual({
      refused: 'command.name.taken',
      params: { identity: 'Service/store/web' },
    });
    expect(driver.run(renameRecord, { record: driver.id('Namespace/shop'), name: 'a.b' })).toMatchObject({
      refused: 'command.name.invalid',
    });
    expect(driver.changed()).toEqual([]);
  });
});
