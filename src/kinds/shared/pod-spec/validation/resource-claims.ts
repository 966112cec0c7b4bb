import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { duplicate, forbidden, invalid, required } from '../../../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../../../apimachinery/names.ts';
import { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, stringMapAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt, validateEach } from '../../validation/fields.ts';
import { invalidFor, validateDnsLabel } from '../../validation/messages.ts';
import { MIRROR_POD_ANNOTATION } from './annotations.ts';
import { showPodResourceClaim } from './internal-form.ts';

/** The names of a Pod's claims, which its containers can use. */
export function podClaimNames(spec: JsonValue | undefined): ReadonlySet<string> {
  return new Set(
    arrayAt(spec, 'resourceClaims')
      .map((claim) => textAt(claim, 'name'))
      .filter((name) => name !== ''),
  );
}

/** `resourceClaims` of a Pod. Source: pkg/apis/core/validation/validation.go `validatePodResourceClaims`, 1.36. */
export function validatePodResourceClaims(
  spec: JsonValue | undefined,
  path: ValidationPath,
  podMetadata: JsonValue | undefined,
): readonly FieldError[] {
  const isMirror = stringMapAt(podMetadata, 'annotations').has(MIRROR_POD_ANNOTATION);
  const names = new Set<string>();
  return validateEach(arrayAt(spec, 'resourceClaims'), path, (claim, claimPath) =>
    isMirror
      ? [forbidden(ValidationPath.of(''), 'static pods do not support resource claims')]
      : [
          ...validateName(textAt(claim, 'name'), names, claimPath.child('name')),
          ...validateReference(claim, claimPath),
        ],
  );
}

function validateName(name: string, names: Set<string>, path: ValidationPath): readonly FieldError[] {
  if (name === '') return [required(path)];
  if (names.has(name)) return [duplicate(path, name)];
  names.add(name);
  return validateDnsLabel(name, path);
}

const REFERENCES = ['resourceClaimName', 'resourceClaimTemplateName'] as const;

function validateReference(claim: JsonValue, path: ValidationPath): readonly FieldError[] {
  const written = REFERENCES.filter((field) => pointerAt(claim, field) !== undefined);
  const shown = showPodResourceClaim(claim);
  const both = 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified';
  const none = 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`';
  return [
    ...(written.length > 1 ? [invalid(path, shown, both)] : NONE),
    ...(written.length === 0 ? [invalid(path, shown, none)] : NONE),
    ...written.flatMap((field) => {
      const name = textAt(claim, field);
      return invalidFor(path.child(field), name, validateDns1123Subdomain(name));
    }),
  ];
}
