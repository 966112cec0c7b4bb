import { validatePolicyRules } from '../shared/validation/policy-rule.ts';
import type { KindStrategy } from '../strategy.ts';

/** Source: pkg/registry/rbac/role/strategy.go and pkg/apis/rbac/validation/validation.go, 1.36. */
export const roleStrategy: KindStrategy = {
  group: 'rbac.authorization.k8s.io',
  kind: 'Role',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => object,
  validate: (object) => validatePolicyRules(object, true),
};
