import type { FieldError } from '../../../apimachinery/field-error.ts';
import { duplicate, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { validateDns1035Label, validateFullyQualifiedName } from '../../../apimachinery/names.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, jsonEqual, valueAt } from '../../../base/json.ts';
import { MATCH_POLICIES, validateRuleWithOperations } from './admission-rules.ts';
import { NONE, integerAt, pointerAt, textAt, textsAt, validateEach, validateEnum } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateMatchConditions } from './match-conditions.ts';
import { invalidFor } from './messages.ts';
import { validateWebhookClient } from './webhook-client.ts';

/**
 * The webhooks of a configuration, validating or mutating.
 * Source: pkg/apis/admissionregistration/validation/validation.go, 1.36.
 */
const WEBHOOKS = ValidationPath.of('webhooks');
export const FAILURE_POLICIES = ['Fail', 'Ignore'] as const;
export const REINVOCATION_POLICIES = ['IfNeeded', 'Never'] as const;
const REVIEW_VERSIONS: readonly string[] = ['v1', 'v1beta1'];
const HARMLESS: readonly string[] = ['None', 'NoneOnDryRun'];
const SIDE_EFFECTS = ['None', 'NoneOnDryRun', 'Some', 'Unknown'];

/** What an update lets pass because the object before had it too. */
interface WebhookOptions {
  readonly ignoreMatchConditions: boolean;
  readonly requireNoSideEffects: boolean;
  readonly requireKnownReviewVersion: boolean;
  readonly requireUniqueNames: boolean;
  readonly allowInvalidLabelValue: boolean;
}

export function validateWebhooks(object: JsonValue, old?: JsonValue): readonly FieldError[] {
  const webhooks = arrayAt(object, 'webhooks');
  const options = optionsFor(webhooks, old === undefined ? undefined : arrayAt(old, 'webhooks'));
  const names = webhooks.map((webhook) => textAt(webhook, 'name'));
  return validateEach(webhooks, WEBHOOKS, (webhook, path, index) => {
    const name = names[index] ?? '';
    const isRepeated = options.requireUniqueNames && name !== '' && names.indexOf(name) < index;
    return [
      ...validateWebhook(webhook, path, options),
      ...validateReviewVersions(textsAt(webhook, 'admissionReviewVersions'), path, options),
      ...(isRepeated ? [duplicate(path.child('name'), name)] : NONE),
    ];
  });
}

function optionsFor(webhooks: readonly JsonValue[], old: readonly JsonValue[] | undefined): WebhookOptions {
  const before = old ?? [];
  const names = before.map((webhook) => textAt(webhook, 'name'));
  return {
    ignoreMatchConditions: old !== undefined && jsonEqual(conditionsOf(webhooks), conditionsOf(old)),
    requireNoSideEffects: before.every((webhook) => HARMLESS.includes(textAt(webhook, 'sideEffects'))),
    requireKnownReviewVersion: before.every((webhook) => {
      const versions = textsAt(webhook, 'admissionReviewVersions');
      return versions.length === 0 || versions.some((version) => REVIEW_VERSIONS.includes(version));
    }),
    requireUniqueNames: new Set(names).size === names.length,
    allowInvalidLabelValue: before.some((webhook) =>
      ['namespaceSelector', 'objectSelector'].some(
        (name) => validateLabelSelector(valueAt(webhook, name), WEBHOOKS).length > 0,
      ),
    ),
  };
}

function conditionsOf(webhooks: readonly JsonValue[]): readonly JsonValue[] {
  return webhooks.map((webhook) => valueAt(webhook, 'matchConditions') ?? null);
}

function validateWebhook(
  webhook: JsonValue,
  path: ValidationPath,
  { ignoreMatchConditions, requireNoSideEffects, allowInvalidLabelValue }: WebhookOptions,
): readonly FieldError[] {
  const oneOf = (field: string, supported: readonly string[]) =>
    pointerAt(webhook, field) === undefined ? NONE : validateEnum(textAt(webhook, field), path.child(field), supported);
  return [
    ...validateName(textAt(webhook, 'name'), path.child('name')),
    ...validateEach(valueAt(webhook, 'rules'), path.child('rules'), validateRuleWithOperations),
    ...oneOf('failurePolicy', FAILURE_POLICIES),
    ...oneOf('matchPolicy', MATCH_POLICIES),
    ...validateSideEffects(webhook, path.child('sideEffects'), requireNoSideEffects ? HARMLESS : SIDE_EFFECTS),
    ...validateTimeout(webhook, path.child('timeoutSeconds')),
    ...['namespaceSelector', 'objectSelector'].flatMap((name) =>
      validateLabelSelector(valueAt(webhook, name), path.child(name), { allowInvalidLabelValue }),
    ),
    // Only mutating webhooks have it.
    ...oneOf('reinvocationPolicy', REINVOCATION_POLICIES),
    ...validateWebhookClient(valueAt(webhook, 'clientConfig'), path.child('clientConfig')),
    ...(ignoreMatchConditions ? NONE : validateMatchConditions(webhook, path.child('matchConditions'))),
  ];
}

function validateName(name: string, path: ValidationPath): readonly FieldError[] {
  return name === '' ? [required(path)] : invalidFor(path, name, validateFullyQualifiedName(name));
}

function validateSideEffects(
  webhook: JsonValue,
  path: ValidationPath,
  allowed: readonly string[],
): readonly FieldError[] {
  if (pointerAt(webhook, 'sideEffects') === undefined)
    return [required(path, `must specify one of ${allowed.join(', ')}`)];
  const sideEffects = textAt(webhook, 'sideEffects');
  return allowed.includes(sideEffects) ? NONE : [notSupported(path, sideEffects, allowed)];
}

function validateTimeout(webhook: JsonValue, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(webhook, 'timeoutSeconds') === undefined) return NONE;
  const seconds = integerAt(webhook, 'timeoutSeconds');
  const isGood = seconds >= 1 && seconds <= 30;
  return isGood ? NONE : [invalid(path, seconds, 'the timeout value must be between 1 and 30 seconds')];
}

function validateReviewVersions(
  versions: readonly string[],
  webhookPath: ValidationPath,
  { requireKnownReviewVersion }: WebhookOptions,
): readonly FieldError[] {
  const path = webhookPath.child('admissionReviewVersions');
  const known = REVIEW_VERSIONS.join(', ');
  if (versions.length === 0) return [required(path, `must specify one of ${known}`)];
  const errors = versions.flatMap((version, index) =>
    versions.indexOf(version) < index
      ? [invalid(path.index(index), version, 'duplicate version')]
      : invalidFor(path.index(index), version, validateDns1035Label(version)),
  );
  if (requireKnownReviewVersion && !versions.some((version) => REVIEW_VERSIONS.includes(version)))
    errors.push(invalid(path, versions, `must include at least one of ${known}`));
  return errors;
}
