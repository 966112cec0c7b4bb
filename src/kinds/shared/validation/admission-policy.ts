import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../../apimachinery/field-error.ts';
import {
  validateDns1035Label,
  validateDns1123Subdomain,
  validatePathSegmentName,
} from '../../../apimachinery/names.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, valueAt } from '../../../base/json.ts';
import { validateMatchResources } from './admission-rules.ts';
import { NONE, pointerAt, textAt, validateEach, validateEnum } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateMatchConditions } from './match-conditions.ts';
import { invalidFor } from './messages.ts';
import type { PolicyExpressions } from './policy-expressions.ts';
import { semanticEqual } from './semantic-equal.ts';
import { FAILURE_POLICIES } from './webhooks.ts';

/**
 * What validating and mutating admission policies and their bindings share.
 * Source: pkg/apis/admissionregistration/validation/validation.go, 1.36.
 */
export function validatePolicyHead(
  spec: JsonValue | undefined,
  path: ValidationPath,
  validateMatch: (match: JsonValue) => readonly FieldError[] = () => NONE,
): readonly FieldError[] {
  const match = pointerAt(spec, 'matchConstraints');
  const matchPath = path.child('matchConstraints');
  return [
    ...(pointerAt(spec, 'failurePolicy') === undefined
      ? [required(path.child('failurePolicy'))]
      : validateEnum(textAt(spec, 'failurePolicy'), path.child('failurePolicy'), FAILURE_POLICIES)),
    ...validateParamKind(pointerAt(spec, 'paramKind'), path.child('paramKind')),
    ...(match === undefined ? [required(matchPath)] : validateMatchResources(match, matchPath)),
    ...(match !== undefined && arrayAt(match, 'resourceRules').length === 0
      ? [required(matchPath.child('resourceRules'))]
      : NONE),
    ...(match === undefined ? NONE : validateMatch(match)),
  ];
}

/** The conditions are let pass on an update that changes nothing about them. */
export function validatePolicyConditions(
  spec: JsonValue | undefined,
  path: ValidationPath,
  old: JsonValue | undefined,
): readonly FieldError[] {
  const isSame = (name: string) => semanticEqual(valueAt(spec, name), valueAt(old, 'spec', name));
  if (old !== undefined && isSame('paramKind') && isSame('matchConditions')) return NONE;
  return validateMatchConditions(spec, path.child('matchConditions'));
}

function validateParamKind(kind: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (kind === undefined) return NONE;
  const name = textAt(kind, 'kind');
  const problems = name === '' ? NONE : validateDns1035Label(name.toLowerCase());
  return [
    ...validateParamVersion(textAt(kind, 'apiVersion'), path.child('apiVersion')),
    ...(name === '' ? [required(path.child('kind'))] : NONE),
    ...(problems.length > 0
      ? [invalid(path.child('kind'), name, `may have mixed case, but should otherwise match: ${problems.join(',')}`)]
      : NONE),
  ];
}

function validateParamVersion(apiVersion: string, path: ValidationPath): readonly FieldError[] {
  if (apiVersion === '') return [required(path)];
  const parts = apiVersion === '/' ? ['', ''] : apiVersion.split('/');
  if (parts.length > 2) return [invalid(path, apiVersion, `unexpected GroupVersion string: ${apiVersion}`)];
  const [version, group] = [parts.at(-1) ?? '', parts.length === 2 ? (parts[0] ?? '') : ''];
  const wrongGroup = group === '' ? [] : validateDns1123Subdomain(group);
  const wrongVersion = version === '' ? [] : validateDns1035Label(version);
  return [
    ...(wrongGroup.length > 0 ? [invalid(path, group, wrongGroup.join(','))] : NONE),
    ...(version === '' ? [invalid(path, apiVersion, 'version must be specified')] : NONE),
    ...(wrongVersion.length > 0 ? [invalid(path, version, wrongVersion.join(','))] : NONE),
  ];
}

const CEL_IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;
const CEL_RESERVED: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

export function validateVariables(
  spec: JsonValue | undefined,
  path: ValidationPath,
  expressions: PolicyExpressions,
): readonly FieldError[] {
  return validateEach(valueAt(spec, 'variables'), path.child('variables'), (variable, at) => [
    ...validateVariableName(textAt(variable, 'name'), at.child('name')),
    ...(textAt(variable, 'expression').trim() === ''
      ? [required(at.child('expression'), 'expression is not specified')]
      : expressions.declare(variable, at.child('expression'))),
  ]);
}

function validateVariableName(name: string, path: ValidationPath): readonly FieldError[] {
  if (name.trim() === '') return [required(path, 'name is not specified')];
  const isGood = CEL_IDENTIFIER.test(name) && !CEL_RESERVED.has(name);
  return isGood ? NONE : [invalid(path, name, 'must be a valid CEL identifier')];
}

/** What the bindings of both sorts have. */
export function validatePolicyBinding(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const policy = textAt(spec, 'policyName');
  return [
    ...(policy === ''
      ? [required(path.child('policyName'))]
      : invalidFor(path.child('policyName'), policy, validateDns1123Subdomain(policy))),
    ...validateParamRef(pointerAt(spec, 'paramRef'), path.child('paramRef')),
    ...validateMatchResources(pointerAt(spec, 'matchResources'), path.child('matchResources')),
  ];
}

const EXCLUSIVE = 'name and selector are mutually exclusive';

function validateParamRef(ref: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (ref === undefined) return NONE;
  const name = textAt(ref, 'name');
  const selector = pointerAt(ref, 'selector');
  const action = textAt(ref, 'parameterNotFoundAction');
  const actionPath = path.child('parameterNotFoundAction');
  const isBoth = name !== '' && selector !== undefined;
  return [
    ...invalidFor(path.child('name'), name, validatePathSegmentName(name)),
    ...(isBoth ? [forbidden(path.child('name'), EXCLUSIVE)] : NONE),
    ...validateLabelSelector(selector, path.child('selector')),
    ...(isBoth ? [forbidden(path.child('selector'), EXCLUSIVE)] : NONE),
    ...(name === '' && selector === undefined ? [required(path, 'one of name or selector must be specified')] : NONE),
    ...(action === '' ? [required(actionPath)] : validateEnum(action, actionPath, ['Deny', 'Allow'])),
  ];
}
