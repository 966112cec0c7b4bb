import type { Gate } from '../gates.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/filters/authentication.go, 1.36. */
export const authentication: Gate = {
  name: 'authenticate',
  check: ({ user }) => (user.name === '' ? { code: 401, reason: 'Unauthorized', message: 'Unauthorized' } : undefined),
};
