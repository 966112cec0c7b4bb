import { defaultRoleBinding } from '../shared/defaults/role-binding.ts';
import { validateRoleBinding } from '../shared/validation/role-binding.ts';
import type { KindStrategy } from '../strategy.ts';

/** Source: pkg/registry/rbac/rolebinding/strategy.go, 1.36. */
export const roleBindingStrategy: KindStrategy = {
  group: 'rbac.authorization.k8s.io',
  kind: 'RoleBinding',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: defaultRoleBinding,
  validate: (object, old) => validateRoleBinding(object, old, ['Role', 'ClusterRole'], true),
};
