import { describe, expect, it } from 'vitest';
import { actingUser } from './impersonation.ts';

const ADMIN = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };
const NOBODY = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** Source: apiserver/pkg/endpoints/filters/impersonation/impersonation_test.go, 1.36.2. */
describe('who acts', () => {
  it.each([
    ['nobody else is named', {}, ADMIN],
    ['a user', { 'impersonate-user': ['ann'] }, { name: 'ann', groups: ['system:authenticated'] }],
    [
      'a user in groups',
      { 'impersonate-user': ['ann'], 'impersonate-group': ['devs', 'ops'] },
      { name: 'ann', groups: ['devs', 'ops', 'system:authenticated'] },
    ],
    [
      'a ServiceAccount',
      { 'impersonate-user': ['system:serviceaccount:shop:web'] },
      {
        name: 'system:serviceaccount:shop:web',
        groups: ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated'],
      },
    ],
    [
      'somebody who is not authenticated',
      { 'impersonate-user': ['ann'], 'impersonate-group': ['system:unauthenticated'] },
      { name: 'ann', groups: ['system:unauthenticated'] },
    ],
    ['nobody', { 'impersonate-user': ['system:anonymous'] }, NOBODY],
  ])('%s', (_, headers, expected) => expect(actingUser(ADMIN, headers)).toEqual(expected));

  it('is refused who may not, and a group without a user', () => {
    expect(() => actingUser(NOBODY, { 'impersonate-user': ['ann'] })).toThrow(
      'users "ann" is forbidden: User "system:anonymous" cannot impersonate resource "users" in API group "" at the cluster scope',
    );
    expect(() => actingUser(NOBODY, { 'impersonate-user': ['system:serviceaccount:shop:web'] })).toThrow(
      'serviceaccounts "web" is forbidden: User "system:anonymous" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "shop"',
    );
    expect(() => actingUser(ADMIN, { 'impersonate-group': ['devs'] })).toThrow(
      'requested [{Group  devs    }] without impersonating a user',
    );
  });
});
