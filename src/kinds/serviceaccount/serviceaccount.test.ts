import { describe, expect, test } from 'vitest';
import { applyEdits, connected } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { serviceAccount } from './serviceaccount.ts';

const robot = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    name: 'robot',
    namespace: 'shop',
    annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/robot', 'iam.gke.io/gcp-service-account': '' },
  },
  secrets: [{ name: 'robot-token' }],
  imagePullSecrets: [{ name: 'registry' }, { name: 'mirror' }],
};

test('says what it is', () => expectIdentity(serviceAccount));

test('points at Secrets of its namespace and at its identity at the cloud', () =>
  expect(referenceLines(serviceAccount.references(robot))).toEqual([
    'imagePullSecret imagePullSecrets[0].name -> Secret/shop/registry',
    'imagePullSecret imagePullSecrets[1].name -> Secret/shop/mirror',
    'secretReference secrets[0].name -> Secret/shop/robot-token',
    'cloudIdentity metadata.annotations[eks.amazonaws.com/role-arn] -> cloudIdentity arn:aws:iam::1:role/robot',
  ]));

describe('an arrow to a Secret', () => {
  const [pullSecret] = serviceAccount.connections!;
  const target = (name: string, namespace?: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, ...(namespace && { namespace }) },
  });

  test('adds a pull secret', () =>
    expect(connected(robot, pullSecret!.connect(robot, target('new', 'shop')))).toMatchObject({
      imagePullSecrets: [{ name: 'registry' }, { name: 'mirror' }, { name: 'new' }],
    }));
  test('that is there already', () =>
    expect(connected(robot, pullSecret!.connect(robot, target('mirror', 'shop')))).toBe('refused: connect.already'));
  test('of another namespace', () =>
    expect(pullSecret!.connect(robot, target('new'))).toEqual({
      refused: 'connect.otherNamespace',
      params: { source: 'shop', target: 'default' },
    }));
});

test('every reference can be taken away alone', () => expectDisconnects(serviceAccount, robot));

test('the last entry takes the list along', () => {
  const [only] = serviceAccount.references(robot).filter(({ type }) => type === 'secretReference');
  expect(applyEdits(robot, serviceAccount.disconnect!(robot, only!))).not.toHaveProperty('secrets');
});

test('shows its pull secrets', () => expect(serviceAccount.summary?.(robot)).toEqual({ fact: 'registry, mirror' }));

test('reads anything', () => expectTotal(serviceAccount, [robot]));
