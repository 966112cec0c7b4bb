import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../../apimachinery/names.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { NONE, textAt, validateEach, validateEnum } from './fields.ts';
import { invalidFor } from './messages.ts';
import { validatePathSegment } from './object-reference.ts';

const ROLE = ValidationPath.of('roleRef');
const SUBJECTS = ValidationPath.of('subjects');
const RBAC_GROUP = 'rbac.authorization.k8s.io';
const SUBJECT_KINDS = ['ServiceAccount', 'User', 'Group'] as const;

/**
 * RoleBindings and ClusterRoleBindings: which kinds of role they may name, and whether a ServiceAccount without a
 * namespace is one of the binding's own. Source: pkg/apis/rbac/validation/validation.go, 1.36.
 */
export function validateRoleBinding(
  binding: KubernetesObject,
  old: KubernetesObject | undefined,
  roleKinds: readonly string[],
  isNamespaced: boolean,
): readonly FieldError[] {
  const role = valueAt(binding, 'roleRef');
  return [
    ...validateEnum(textAt(role, 'apiGroup'), ROLE.child('apiGroup'), [RBAC_GROUP]),
    ...validateEnum(textAt(role, 'kind'), ROLE.child('kind'), roleKinds),
    ...validatePathSegment(textAt(role, 'name'), ROLE.child('name')),
    ...validateEach(valueAt(binding, 'subjects'), SUBJECTS, (subject, path) =>
      validateSubject(subject, path, isNamespaced),
    ),
    ...(old === undefined ? NONE : validateSameRole(role, valueAt(old, 'roleRef'))),
  ];
}

function validateSameRole(role: JsonValue | undefined, old: JsonValue | undefined): readonly FieldError[] {
  const isSame = ['apiGroup', 'kind', 'name'].every((field) => textAt(role, field) === textAt(old, field));
  if (isSame) return NONE;
  // The internal form of a reference.
  const shown = { APIGroup: textAt(role, 'apiGroup'), Kind: textAt(role, 'kind'), Name: textAt(role, 'name') };
  return [invalid(ROLE, shown, 'cannot change roleRef')];
}

function validateSubject(subject: JsonValue, path: ValidationPath, isNamespaced: boolean): readonly FieldError[] {
  const name = textAt(subject, 'name');
  const noName = name === '' ? [required(path.child('name'))] : NONE;
  const group = textAt(subject, 'apiGroup');
  const kind = textAt(subject, 'kind');
  const needsNamespace = !isNamespaced && textAt(subject, 'namespace') === '';
  switch (kind) {
    case 'ServiceAccount':
      return [
        ...noName,
        ...(name === '' ? NONE : invalidFor(path.child('name'), name, validateDns1123Subdomain(name))),
        ...validateEnum(group, path.child('apiGroup'), ['']),
        ...(needsNamespace ? [required(path.child('namespace'))] : NONE),
      ];
    case 'User':
    case 'Group':
      return [...noName, ...validateEnum(group, path.child('apiGroup'), [RBAC_GROUP])];
    default:
      return [...noName, notSupported(path.child('kind'), kind, SUBJECT_KINDS)];
  }
}
