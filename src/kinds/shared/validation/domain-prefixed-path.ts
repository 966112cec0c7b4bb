import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../../apimachinery/names.ts';
import { regexMessage } from '../../../apimachinery/validation-messages.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { NONE } from './fields.ts';
import { invalidFor } from './messages.ts';

const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const httpPath = new RegExp(`^${HTTP_PATH}$`);

/**
 * `acme.io/foo`. Errors show the part that is wrong.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go `IsDomainPrefixedPath`, 1.36.
 */
export function validateDomainPrefixedPath(text: string, path: ValidationPath): readonly FieldError[] {
  if (text === '') return [required(path)];
  const slash = text.indexOf('/');
  if (slash <= 0 || slash === text.length - 1) {
    return [invalid(path, text, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  const [host, rest] = [text.slice(0, slash), text.slice(slash + 1)];
  return [
    ...invalidFor(path, host, validateDns1123Subdomain(host)),
    ...(httpPath.test(rest) ? NONE : [invalid(path, rest, regexMessage('Invalid path', HTTP_PATH))]),
  ];
}
