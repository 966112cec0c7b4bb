import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printJsonPath } from './json-path.ts';

const object = {
  metadata: { labels: { 'app.kubernetes.io/name': 'web' } },
  spec: { replicas: 3, paused: false, hosts: ['a', 'b'], empty: '', nothing: null, map: { x: 1 } },
  status: {
    conditions: [
      { type: 'Synced', status: 'False' },
      { type: 'Ready', status: 'True' },
    ],
  },
};

test.each([
  ['.spec.replicas', '3'],
  ['.spec.paused', 'false'],
  ['.spec.hosts[1]', 'b'],
  ['.spec.hosts[*]', 'a,b'],
  ['.spec.hosts[7]', ''],
  ['.status.conditions[?(@.type=="Ready")].status', 'True'],
  [".status.conditions[?(@.type == 'Synced')].status", 'False'],
  ['.status.conditions[*].type', 'Synced,Ready'],
  ["['spec']['replicas']", '3'],
  ['.metadata.labels.app\\.kubernetes\\.io/name', 'web'],
  ["['metadata'].labels['app.kubernetes.io/name']", 'web'],
  ['.spec.empty', ''],
  ['.spec.nothing', ''],
  ['.spec.map', ''],
  ['.spec.absent.deeper', ''],
  ['.spec.replicas.deeper', ''],
  ['.spec..replicas', ''],
  ['.spec[?(@.x > 1)]', ''],
  ['spec.replicas', ''],
  ['.constructor.name', ''],
])('%s', (path, text) => expect(printJsonPath(object, path)).toBe(text));

test('reads any path in anything', () =>
  fc.assert(fc.property(fc.jsonValue(), fc.string(), (value, path) => typeof printJsonPath(value, path) === 'string')));
