import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { NONE, pointerAt, validateEach } from '../shared/validation/fields.ts';
import { validateLabelSelector } from '../shared/validation/label-selector.ts';
import { validatePolicyRules } from '../shared/validation/policy-rule.ts';
import type { KindStrategy } from '../strategy.ts';

const SELECTORS = ValidationPath.of('aggregationRule', 'clusterRoleSelectors');

/** Source: pkg/registry/rbac/clusterrole/strategy.go and pkg/apis/rbac/validation/validation.go, 1.36. */
export const clusterRoleStrategy: KindStrategy = {
  group: 'rbac.authorization.k8s.io',
  kind: 'ClusterRole',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => object,
  validate: (object, old) => [...validatePolicyRules(object, false), ...validateAggregation(object, old)],
};

function validateAggregation(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const rule = pointerAt(object, 'aggregationRule');
  if (rule === undefined) return NONE;
  if (arrayAt(rule, 'clusterRoleSelectors').length === 0) {
    const detail = 'at least one clusterRoleSelector required if aggregationRule is non-nil';
    return [required(SELECTORS, detail)];
  }
  const allowInvalidLabelValue = arrayAt(old, 'aggregationRule', 'clusterRoleSelectors').some(
    (selector) => validateLabelSelector(selector, SELECTORS).length > 0,
  );
  return validateEach(valueAt(rule, 'clusterRoleSelectors'), SELECTORS, (selector, path) => {
    const isNoSelector = validateLabelSelector(selector, path).length > 0;
    return [
      ...validateLabelSelector(selector, path, { allowInvalidLabelValue }),
      // The value that upstream shows is the one that it could not make.
      ...(isNoSelector ? [invalid(path, null, 'invalid label selector.')] : NONE),
    ];
  });
}
