import { defaultRoleBinding } from '../shared/defaults/role-binding.ts';
import { validateRoleBinding } from '../shared/validation/role-binding.ts';
import type { KindStrategy } from '../strategy.ts';

/** Source: pkg/registry/rbac/clusterrolebinding/strategy.go, 1.36. */
export const clusterRoleBindingStrategy: KindStrategy = {
  group: 'rbac.authorization.k8s.io',
  kind: 'ClusterRoleBinding',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: defaultRoleBinding,
  validate: (object, old) => validateRoleBinding(object, old, ['ClusterRole'], false),
};
