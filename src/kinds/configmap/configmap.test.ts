import { expect, test } from 'vitest';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { configMap } from './configmap.ts';

const sample = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web' },
  data: { a: '1', b: '2' },
  binaryData: { b: 'eA==', c: 'eA==' },
};

test('says what it is', () => expectIdentity(configMap));

test('holds the keys of both maps, once each', () => {
  expect(configMap.keys?.(sample)).toEqual(['a', 'b', 'c']);
  expect(configMap.keys?.({ apiVersion: 'v1', kind: 'ConfigMap' })).toEqual([]);
});

test('shows how many entries it has', () => expect(configMap.summary?.(sample)).toEqual({ fact: 'data 3' }));

test('reads anything', () => expectTotal(configMap, [sample]));
