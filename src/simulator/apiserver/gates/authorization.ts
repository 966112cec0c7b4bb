import type { Gate } from '../gates.ts';

/** Who may do what. Source: plugin/pkg/auth/authorizer/rbac/rbac.go, 1.36. */
export const authorization: Gate = {
  name: 'authorize',
  check: () => undefined,
};
