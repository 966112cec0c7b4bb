import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required, tooLong } from '../../apimachinery/field-error.ts';
import {
  DNS_LABEL_MAX_LENGTH,
  DNS_SUBDOMAIN_MAX_LENGTH,
  validateDns1123Label,
  validateDns1123Subdomain,
} from '../../apimachinery/names.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import type { Messages } from '../../apimachinery/validation-messages.ts';
import { byteLength } from '../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';

/** A domain, a slash, and room for a label, a dot and a subdomain. */
const MAX_BYTES = 2 * DNS_SUBDOMAIN_MAX_LENGTH + DNS_LABEL_MAX_LENGTH + 2;

/** A domain, a slash and a path. Source: pkg/apis/core/validation/names.go `ValidateSignerName`, 1.36. */
export function validateSignerName(path: ValidationPath, signerName: string): readonly FieldError[] {
  if (signerName === '') return [required(path)];
  const [domain, name, ...more] = signerName.split('/');
  if (domain === undefined || name === undefined || more.length > 0)
    return [
      invalid(path, signerName, "must be a fully qualified domain and path of the form 'example.com/signer-name'"),
    ];
  const tooFew = domain.includes('.')
    ? []
    : [invalid(path, domain, 'should be a domain with at least two segments separated by dots')];
  return [
    ...(byteLength(domain) > DNS_SUBDOMAIN_MAX_LENGTH ? [tooLong(path, DNS_SUBDOMAIN_MAX_LENGTH)] : []),
    ...validateParts(path, domain, validateDns1123Label),
    ...tooFew,
    ...validateParts(path, name, validateDns1123Subdomain),
    ...(byteLength(signerName) > MAX_BYTES ? [tooLong(path, MAX_BYTES)] : []),
  ];
}

/** The first part that is wrong is told. */
function validateParts(
  path: ValidationPath,
  segment: string,
  check: (part: string) => Messages,
): readonly FieldError[] {
  for (const part of segment.split('.')) {
    const problems = check(part);
    if (problems.length > 0)
      return problems.map((problem) => invalid(path, segment, `validating label ${quoteString(part)}: ${problem}`));
  }
  return [];
}
