import type { FieldError } from '../../../../../apimachinery/field-error.ts';
import { required } from '../../../../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../../../../apimachinery/names.ts';
import type { ValidationPath } from '../../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../../base/json.ts';
import { valueAt } from '../../../../../base/json.ts';
import { validateClaimSpec } from '../../../validation/claim-spec.ts';
import { validateCsiDriverName } from '../../../validation/csi-driver-name.ts';
import { NONE, pointerAt, requireText, textAt } from '../../../validation/fields.ts';
import { invalidFor } from '../../../validation/messages.ts';
import { validateTemplateObjectMeta } from '../../../validation/object-meta.ts';

/** Volumes from claims and CSI drivers. Source: pkg/apis/core/validation/validation.go, 1.36. */
export function validatePersistentVolumeClaimSource(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return requireText(source, 'claimName', path);
}

/** A claim that is made and deleted with the Pod. */
export function validateEphemeral(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const template = pointerAt(source, 'volumeClaimTemplate');
  const templatePath = path.child('volumeClaimTemplate');
  if (template === undefined) return [required(templatePath)];
  return [
    ...validateTemplateObjectMeta(valueAt(template, 'metadata'), templatePath.child('metadata')),
    ...validateClaimSpec(valueAt(template, 'spec'), templatePath.child('spec')),
  ];
}

export function validateCsi(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...validateCsiDriverName(textAt(source, 'driver'), path.child('driver')),
    ...validateNodePublishSecret(pointerAt(source, 'nodePublishSecretRef'), path),
  ];
}

function validateNodePublishSecret(reference: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (reference === undefined) return NONE;
  const name = textAt(reference, 'name');
  if (name === '') return [required(path.child('nodePublishSecretRef', 'name'))];
  return invalidFor(path.child('name'), name, validateDns1123Subdomain(name));
}
