import { describe, expect, test } from 'vitest';
import { applyEdits } from '../shared/testing/apply-edits.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { secret } from './secret.ts';

const opaque = { apiVersion: 'v1', kind: 'Secret', data: { a: 'eA==' }, stringData: { a: 'x', b: 'y' } };
const token = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'robot-token',
    namespace: 'shop',
    annotations: { 'kubernetes.io/service-account.name': 'robot', 'kubernetes.io/service-account.uid': 'u1' },
  },
  type: 'kubernetes.io/service-account-token',
};

test('says what it is', () => expectIdentity(secret));

describe('keys', () => {
  test('of both maps, once each', () => expect(secret.keys?.(opaque)).toEqual(['a', 'b']));
  test('of a token are filled in by the cluster', () =>
    expect(secret.keys?.(token)).toEqual(['ca.crt', 'namespace', 'token']));
});

describe('a token', () => {
  const references = secret.references(token);

  test('points at its ServiceAccount', () => {
    expect(referenceLines(references)).toEqual([
      'serviceAccountToken metadata.annotations[kubernetes.io/service-account.name] -> ServiceAccount/shop/robot',
    ]);
    expect(references[0]?.target).toMatchObject({ uid: 'u1' });
  });

  test('cannot be without it', () =>
    expect(applyEdits(token, secret.disconnect!(token, references[0]!))).toBe('refused: disconnect.required'));
});

test('the same annotation says nothing on a Secret of another type', () =>
  expect(secret.references({ ...token, type: 'Opaque' })).toEqual([]));

test.each([
  [opaque, { fact: 'data 2' }],
  [{ ...opaque, type: 'Opaque' }, { fact: 'data 2' }],
  [
    { ...opaque, type: 'kubernetes.io/tls' },
    { fact: 'kubernetes.io/tls', detail: 'data 2' },
  ],
])('summary %#', (object, summary) => expect(secret.summary?.(object)).toEqual(summary));

test('shows no value', () => {
  const said = JSON.stringify([secret.summary?.(opaque), secret.keys?.(opaque), secret.references(opaque)]);
  expect(said).not.toMatch(/eA==|"x"|"y"/);
});

test('reads anything', () => expectTotal(secret, [opaque, token]));
