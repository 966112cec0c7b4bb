import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { event } from './event.ts';

const of = (fields: object, apiVersion = 'v1') => ({
  apiVersion,
  kind: 'Event',
  metadata: { name: 'web.1', namespace: 'shop' },
  ...fields,
});
const aboutNode = { apiVersion: 'v1', kind: 'Node', name: 'w1', uid: 'w1' };
const aboutPod = { apiVersion: 'v1', kind: 'Pod', name: 'web-1', namespace: 'shop', uid: 'u1' };

test('says what it is', () => expectIdentity(event));

test.each([
  [
    'an object of its namespace',
    of({ involvedObject: aboutPod }),
    'involvedObject.name -> Pod/shop/web-1 namespace at involvedObject.namespace',
  ],
  [
    'one that names no namespace',
    of({ involvedObject: { kind: 'Pod', name: 'web-1' } }),
    'involvedObject.name -> Pod/shop/web-1',
  ],
  ['a Node', of({ involvedObject: aboutNode }), 'involvedObject.name -> Node//w1'],
  [
    'a workload, as events.k8s.io writes it',
    of(
      { regarding: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' } },
      'events.k8s.io/v1',
    ),
    'regarding.name -> Deployment.apps/shop/web namespace at regarding.namespace',
  ],
])('is about %s', (_, object, line) => expect(referenceLines(event.references(object))).toEqual([`regarding ${line}`]));

test('is about that very object, but the uid of a Node is only its name', () => {
  expect(event.references(of({ involvedObject: aboutPod }))[0]?.target).toMatchObject({ uid: 'u1' });
  expect(event.references(of({ involvedObject: aboutNode }))[0]?.target).not.toHaveProperty('uid');
});

test('a related object can be taken away', () =>
  expectDisconnects(event, of({ involvedObject: aboutPod, related: aboutNode })));

test('shows reason and message', () => {
  expect(event.summary?.(of({ reason: 'Pulled', message: 'done' }))).toEqual({ fact: 'Pulled', detail: 'done' });
  expect(event.summary?.(of({ reason: 'Pulled', note: 'done' }))).toEqual({ fact: 'Pulled', detail: 'done' });
});

test('reads anything', () => expectTotal(event, [of({ involvedObject: aboutPod, related: aboutNode })]));
