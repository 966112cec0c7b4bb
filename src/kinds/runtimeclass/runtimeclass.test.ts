import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { expectExactDisconnects } from '../shared/testing/gesture-laws.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { runtimeClass } from './runtimeclass.ts';

const scheduling = { nodeSelector: { sandbox: 'yes' }, tolerations: [{ key: 'a' }, { key: 'b', operator: 'Exists' }] };
const gvisor: KubernetesObject = { ...runtimeClass.newObject('gvisor'), scheduling };

describe('RuntimeClass', () => {
  it('makes an object with a handler', () => {
    expect(runtimeClass.newObject('my.gvisor')).toEqual({
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'my.gvisor' },
      handler: 'my-gvisor',
    });
  });

  it('points at Nodes, also in v1alpha1', () => {
    expect(referenceLines(runtimeClass.references(gvisor))).toEqual([
      'nodeSelector scheduling.nodeSelector -> Node sandbox=yes in all',
      'toleration scheduling.tolerations[0] -> taint {"key":"a"}',
      'toleration scheduling.tolerations[1] -> taint {"key":"b","operator":"Exists"}',
    ]);
    const old = {
      apiVersion: 'node.k8s.io/v1alpha1',
      kind: 'RuntimeClass',
      spec: { runtimeHandler: 'runsc', scheduling },
    };
    expect(runtimeClass.references(old)[0]?.field).toEqual(['spec', 'scheduling', 'nodeSelector']);
    expect(runtimeClass.summary?.(old)).toEqual({ fact: 'runsc' });
  });

  it('lets go of them one at a time', () => {
    expect(expectExactDisconnects(runtimeClass, gvisor)).toEqual([]);
  });

  it('takes any object', () => {
    expectTotal(runtimeClass, [gvisor]);
  });
});
