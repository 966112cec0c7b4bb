import type { FieldError } from '../../../apimachinery/field-error.ts';
import { duplicate, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { validatePathSegmentName } from '../../../apimachinery/names.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt } from '../../../base/json.ts';
import { NONE, pointerAt, textAt, textsAt, validateEach, validateEnum } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { invalidFor } from './messages.ts';

/** What requests webhooks and policies match. Source: pkg/apis/admissionregistration/validation/validation.go, 1.36. */
const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const MUTATING_OPERATIONS = ['*', 'CONNECT', 'CREATE', 'UPDATE'];
const SCOPES = ['*', 'Cluster', 'Namespaced'];
export const MATCH_POLICIES = ['Equivalent', 'Exact'] as const;

export function validateRuleWithOperations(rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  const operations = textsAt(rule, 'operations');
  const operationsPath = path.child('operations');
  return [
    ...validateWildcard(operations, operationsPath, 'operations'),
    ...operations.flatMap((operation, index) => validateEnum(operation, operationsPath.index(index), OPERATIONS)),
    ...validateRule(rule, path),
  ];
}

function validateRule(rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  const versions = textsAt(rule, 'apiVersions');
  const scope = pointerAt(rule, 'scope');
  return [
    ...validateWildcard(textsAt(rule, 'apiGroups'), path.child('apiGroups'), 'API groups'),
    ...validateWildcard(versions, path.child('apiVersions'), 'API versions'),
    ...requireEach(versions, path.child('apiVersions')),
    ...validateResources(textsAt(rule, 'resources'), path.child('resources')),
    ...(scope === undefined ? NONE : validateEnum(textAt(rule, 'scope'), path.child('scope'), SCOPES)),
  ];
}

/** A list that must have an entry, and where `*` must stand alone. */
function validateWildcard(list: readonly string[], path: ValidationPath, what: string): readonly FieldError[] {
  if (list.length === 0) return [required(path)];
  const isMixed = list.length > 1 && list.includes('*');
  return isMixed ? [invalid(path, list, `if '*' is present, must not specify other ${what}`)] : NONE;
}

function requireEach(list: readonly string[], path: ValidationPath): readonly FieldError[] {
  return list.flatMap((entry, index) => (entry === '' ? [required(path.index(index))] : NONE));
}

function validateResources(resources: readonly string[], path: ValidationPath): readonly FieldError[] {
  if (resources.length === 0) return [required(path)];
  const errors = resources.flatMap((resource, index) =>
    resource === ''
      ? [required(path.index(index))]
      : validateSubresource(resource, resources.slice(0, index), path.index(index)),
  );
  if (resources.length > 1 && resources.includes('*/*'))
    errors.push(invalid(path, resources, "if '*/*' is present, must not specify other resources"));
  // Upstream remembers of the resources without a subresource only whether the last one is a wildcard.
  const last = resources.filter((resource) => resource !== '' && !resource.includes('/')).at(-1);
  if (resources.includes('*') && last !== undefined && last !== '*')
    errors.push(invalid(path, resources, "if '*' is present, must not specify other resources without subresources"));
  return errors;
}

/** `before` are the entries that stand before this one: a wildcard among them may cover it. */
function validateSubresource(text: string, before: readonly string[], path: ValidationPath): readonly FieldError[] {
  const slash = text.indexOf('/');
  if (slash < 0) return NONE;
  return [`${text.slice(0, slash)}/*`, `*/${text.slice(slash + 1)}`]
    .filter((wildcard) => before.includes(wildcard))
    .map((wildcard) => invalid(path, text, `if '${wildcard}' is present, must not specify ${text}`));
}

/** A `MatchResources`; a missing one is good. */
export function validateMatchResources(match: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (match === undefined) return NONE;
  return [
    ...(pointerAt(match, 'matchPolicy') === undefined
      ? [required(path.child('matchPolicy'))]
      : validateEnum(textAt(match, 'matchPolicy'), path.child('matchPolicy'), MATCH_POLICIES)),
    ...['namespaceSelector', 'objectSelector'].flatMap((name) =>
      pointerAt(match, name) === undefined
        ? [required(path.child(name))]
        : validateLabelSelector(pointerAt(match, name), path.child(name)),
    ),
    ...['resourceRules', 'excludeResourceRules'].flatMap((name) =>
      validateEach(pointerAt(match, name), path.child(name), validateNamedRule),
    ),
  ];
}

function validateNamedRule(rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  const names = textsAt(rule, 'resourceNames');
  return [
    ...names.flatMap((name, index) => {
      const namePath = path.child('resourceNames').index(index);
      const isRepeated = names.indexOf(name) < index;
      return [
        ...invalidFor(namePath, name, validatePathSegmentName(name)),
        ...(isRepeated ? [duplicate(namePath, name)] : NONE),
      ];
    }),
    ...validateRuleWithOperations(rule, path),
  ];
}

/** Deletions cannot be mutated; `path` is that of the `MatchResources`. */
export function validateMutatingOperations(match: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return arrayAt(match, 'resourceRules')
    .flatMap((rule) => textsAt(rule, 'operations'))
    .filter((operation) => !MUTATING_OPERATIONS.includes(operation))
    .map((operation) => notSupported(path.child('resourceRules', 'operations'), operation, MUTATING_OPERATIONS));
}
