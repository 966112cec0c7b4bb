import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../apimachinery/field-error.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { NONE, textsAt, validateEach } from './fields.ts';

const RULES = ValidationPath.of('rules');

/** Source: pkg/apis/rbac/validation/validation.go `ValidatePolicyRule`, 1.36. */
export function validatePolicyRules(role: JsonValue, isNamespaced: boolean): readonly FieldError[] {
  return validateEach(valueAt(role, 'rules'), RULES, (rule, path) => {
    const verbs = textsAt(rule, 'verbs');
    const noVerbs = required(path.child('verbs'), 'verbs must contain at least one value');
    return [...(verbs.length === 0 ? [noVerbs] : NONE), ...validateWhat(rule, path, isNamespaced)];
  });
}

function validateWhat(rule: JsonValue, path: ValidationPath, isNamespaced: boolean): readonly FieldError[] {
  const urls = textsAt(rule, 'nonResourceURLs');
  const [groups, resources] = [textsAt(rule, 'apiGroups'), textsAt(rule, 'resources')];
  const groupsRequired = 'resource rules must supply at least one api group';
  const resourcesRequired = 'resource rules must supply at least one resource';
  if (urls.length === 0) {
    return [
      ...(groups.length === 0 ? [required(path.child('apiGroups'), groupsRequired)] : NONE),
      ...(resources.length === 0 ? [required(path.child('resources'), resourcesRequired)] : NONE),
    ];
  }
  const urlsPath = path.child('nonResourceURLs');
  const isMixed = groups.length > 0 || resources.length > 0 || textsAt(rule, 'resourceNames').length > 0;
  const mixed = 'rules cannot apply to both regular resources and non-resource URLs';
  return [
    ...(isNamespaced ? [invalid(urlsPath, urls, 'namespaced rules cannot apply to non-resource URLs')] : NONE),
    ...(isMixed ? [invalid(urlsPath, urls, mixed)] : NONE),
  ];
}
