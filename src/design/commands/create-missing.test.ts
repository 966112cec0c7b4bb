import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const WEB = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: a
      image: a:1
      env:
        - {name: KEY, valueFrom: {secretKeyRef: {name: keys, key: tls.key}}}
      envFrom:
        - configMapRef: {name: settings} # mine
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other, namespace: shop}
`;

describe('what is pointed at and not there', () => {
  it('is made with the entries that are wanted of it, where it is wanted', async () => {
    const driver = await open(WEB);
    driver.run(COMMANDS.createMissing, { identity: 'Secret/shop/keys' });
    expect(driver.changed().filter((line) => line.startsWith('+'))).toEqual([
      '+---',
      '+apiVersion: v1',
      '+kind: Secret',
      '+metadata:',
      '+  name: keys',
      '+  namespace: shop',
      '+type: Opaque',
      '+stringData:',
      '+  tls.key: ""',
    ]);
    expect(driver.run(COMMANDS.createMissing, { identity: 'Secret/shop/keys' })?.refused).toBe('command.name.taken');
    driver.expectUndoAndRedo();
  });

  it('gives way to another object of its kind, in every line that names it and no other', async () => {
    const driver = await open(WEB);
    const target = driver.id('ConfigMap/other');
    driver.run(COMMANDS.pointElsewhere, { identity: 'ConfigMap/shop/settings', target });
    expect(driver.changed()).toEqual([
      '-        - configMapRef: {name: settings} # mine',
      '+        - configMapRef: {name: other} # mine',
    ]);
    expect(driver.run(COMMANDS.pointElsewhere, { identity: 'Secret/shop/keys', target })?.refused).toBe(
      'connect.noMeaning',
    );
    driver.expectUndoAndRedo();
  });
});
