import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../apimachinery/field-error.ts';
import { validateDns1035Label } from '../../apimachinery/names.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../base/json.ts';
import { validateCaBundle } from '../shared/validation/ca-bundle.ts';
import { NONE, pointerAt, textAt, textsAt, validateRequiredEnum } from '../shared/validation/fields.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import { validateWebhookClient } from '../shared/validation/webhook-client.ts';

const ONLY_WEBHOOK = 'should not be set when strategy is not set to Webhook';
const REVIEW_VERSIONS = ['v1', 'v1beta1'];

export function knowsReviewVersion(versions: readonly string[]): boolean {
  return versions.some((version) => REVIEW_VERSIONS.includes(version));
}

/** What an update may leave as it was. */
export interface ConversionOptions {
  readonly knownReviewVersion: boolean;
  readonly validCaBundle: boolean;
}

/** Source: `validateCustomResourceConversion`, which has the fields of `webhook` directly under `conversion`. */
export function validateConversion(
  conversion: JsonObject | undefined,
  path: ValidationPath,
  { knownReviewVersion, validCaBundle }: ConversionOptions,
): readonly FieldError[] {
  if (conversion === undefined) return NONE;
  const strategy = textAt(conversion, 'strategy');
  const client = pointerAt(conversion, 'webhook', 'clientConfig');
  const versions = textsAt(conversion, 'webhook', 'conversionReviewVersions');
  const bundle = textAt(client, 'caBundle');
  const [clientPath, versionsPath] = [path.child('webhookClientConfig'), path.child('conversionReviewVersions')];
  const own = validateRequiredEnum(strategy, path.child('strategy'), ['None', 'Webhook']);
  if (strategy !== 'Webhook')
    return [
      ...own,
      ...(client === undefined ? NONE : [forbidden(clientPath, ONLY_WEBHOOK)]),
      ...(versions.length === 0 ? NONE : [forbidden(versionsPath, ONLY_WEBHOOK)]),
    ];
  return [
    ...own,
    ...(client === undefined
      ? [required(clientPath, 'required when strategy is set to Webhook')]
      : validateWebhookClient(client, clientPath)),
    ...(bundle !== '' && validCaBundle ? validateCaBundle(bundle, clientPath.child('caBundle')) : NONE),
    ...validateReviewVersions(versions, versionsPath, knownReviewVersion),
  ];
}

function validateReviewVersions(
  versions: readonly string[],
  path: ValidationPath,
  needsKnown: boolean,
): readonly FieldError[] {
  if (versions.length === 0) return [required(path)];
  const errors = versions.flatMap((version, index) =>
    versions.indexOf(version) < index
      ? [invalid(path.index(index), version, 'duplicate version')]
      : invalidFor(path.index(index), version, validateDns1035Label(version)),
  );
  if (!needsKnown || knowsReviewVersion(versions)) return errors;
  return [...errors, invalid(path, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`)];
}
