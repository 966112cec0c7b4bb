import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFieldPath, parseFieldPath } from './field-path.ts';
import {
  formatApiVersion,
  formatGroupKind,
  groupVersionKindOf,
  parseApiVersion,
  parseGroupKind,
} from './group-version-kind.ts';
import { objectIdentity, parseObjectIdentity } from './object-identity.ts';
import { annotationsOf, isKubernetesObject, labelsOf, metadataOf, nameOf, namespaceOf } from './object.ts';
import { quoteString } from './quoted-string.ts';
import { byteLength } from './utf8.ts';

describe('an object', () => {
  test.each([
    [{ apiVersion: 'v1', kind: 'Pod' }, true],
    [{ apiVersion: 'v1', kind: '' }, false],
    [{ apiVersion: 1, kind: 'Pod' }, false],
    [{ kind: 'Pod' }, false],
    [[], false],
    [null, false],
    ['v1/Pod', false],
  ])('%j says what it is: %j', (value, expected) => {
    expect(isKubernetesObject(value)).toBe(expected);
  });

  test('has metadata, or none', () => {
    const pod = {
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web', tier: 7 }, annotations: { note: 'x' } },
    };
    expect(metadataOf(pod)).toBe(pod.metadata);
    expect([nameOf(pod), namespaceOf(pod)]).toEqual(['web', 'shop']);
    expect([...labelsOf(pod)]).toEqual([['app', 'web']]);
    expect([...annotationsOf(pod)]).toEqual([['note', 'x']]);
    for (const odd of [{}, { metadata: null }, { metadata: { name: 7, namespace: '', labels: 'app' } }]) {
      expect([nameOf(odd), namespaceOf(odd), labelsOf(odd).size]).toEqual(['', undefined, 0]);
    }
  });
});

describe('a kind', () => {
  test.each([
    ['apps/v1', { group: 'apps', version: 'v1' }],
    ['v1', { group: '', version: 'v1' }],
    ['gateway.networking.k8s.io/v1', { group: 'gateway.networking.k8s.io', version: 'v1' }],
    ['', { group: '', version: '' }],
  ])('apiVersion %j', (apiVersion, parsed) => {
    expect(parseApiVersion(apiVersion)).toEqual(parsed);
    expect(formatApiVersion(parsed.group, parsed.version)).toBe(apiVersion);
  });

  test.each([
    ['Deployment.apps', { group: 'apps', kind: 'Deployment' }],
    ['Service', { group: '', kind: 'Service' }],
    ['HTTPRoute.gateway.networking.k8s.io', { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
  ])('%s both ways', (text, parsed) => {
    expect(parseGroupKind(text)).toEqual(parsed);
    expect(formatGroupKind(parsed)).toBe(text);
  });

  test('of an object', () => {
    expect(groupVersionKindOf({ apiVersion: 'apps/v1', kind: 'Deployment' })).toEqual({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
    });
  });
});

describe('an identity', () => {
  test.each([
    ['Deployment.apps/shop/web', { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' }],
    ['Service/shop/web', { group: '', kind: 'Service', namespace: 'shop', name: 'web' }],
    ['Node//w1', { group: '', kind: 'Node', namespace: '', name: 'w1' }],
    [
      'ClusterRole.rbac.authorization.k8s.io//system:a/b',
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', namespace: '', name: 'system:a/b' },
    ],
  ])('%s both ways', (identity, parts) => {
    expect(parseObjectIdentity(identity)).toEqual(parts);
    expect(objectIdentity(parts, parts.namespace, parts.name)).toBe(identity);
  });
});

describe('a field path', () => {
  test.each([
    ['spec.ports[0].name', ['spec', 'ports', 0, 'name']],
    ['metadata.labels[app.kubernetes.io/name]', ['metadata', 'labels', 'app.kubernetes.io/name']],
    [
      'spec.template.spec.containers[1].resources.limits[nvidia.com/gpu]',
      ['spec', 'template', 'spec', 'containers', 1, 'resources', 'limits', 'nvidia.com/gpu'],
    ],
    ['[0].weight', [0, 'weight']],
    ['', []],
  ])('%s both ways', (text, path) => {
    expect(formatFieldPath(path)).toBe(text);
    expect(parseFieldPath(text)).toEqual(path);
  });

  test('reads back what it printed', () => {
    const step = fc.oneof(
      fc.nat({ max: 99 }),
      fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,6}$/),
      fc.stringMatching(/^[a-z]{1,4}\.[a-z]{2}\/[a-z]{1,4}$/),
    );
    fc.assert(
      fc.property(fc.array(step), (path) => {
        expect(parseFieldPath(formatFieldPath(path))).toEqual(path);
      }),
    );
  });
});

describe('texts', () => {
  test('are measured in bytes of UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
    expect(byteLength('\ud800')).toBe(3);
  });

  test.each([
    ['web', '"web"'],
    ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
    ['\t\n\r\x07\b\f\v', '"\\t\\n\\r\\a\\b\\f\\v"'],
    ['\0\x1b\x7f', '"\\x00\\x1b\\x7f"'],
    ['船坞 é', '"船坞 é"'],
    ['\u00a0\u2028\ufeff', '"\\u00a0\\u2028\\ufeff"'],
    ['\u{e0001}', '"\\U000e0001"'],
  ])('%j in quotes', (text, quoted) => {
    expect(quoteString(text)).toBe(quoted);
  });
});
