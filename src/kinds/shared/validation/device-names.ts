import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, required, tooLong } from '../../../apimachinery/field-error.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import { validateCIdentifier } from '../../../apimachinery/value-formats.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { validateCsiDriverName } from './csi-driver-name.ts';
import { NONE } from './fields.ts';
import { invalidFor, validateDnsSubdomain } from './messages.ts';

const MAX_ID_BYTES = 32;
const MAX_POOL_NAME_BYTES = 253;

/**
 * The name of an attribute or a capacity of a device, with or without a domain. More than one slash is let pass.
 * Source: pkg/apis/resource/validation/validation.go `validateQualifiedName`, 1.36.
 */
export function validateDeviceQualifiedName(name: string, path: ValidationPath): readonly FieldError[] {
  const [first, second, ...more] = name.split('/');
  if (second === undefined) return validateId(name, path);
  if (more.length > 0) return NONE;
  return [
    ...(first === '' ? [invalid(path, '', 'the domain must not be empty')] : validateCsiDriverName(first!, path)),
    ...(second === '' ? [invalid(path, '', 'the name must not be empty')] : validateId(second, path)),
  ];
}

/** The same, where the domain must be there. */
export function validateDeviceFullyQualifiedName(name: string, path: ValidationPath): readonly FieldError[] {
  const errors = validateDeviceQualifiedName(name, path);
  if (name.includes('/')) return errors;
  return [...errors, invalid(path, name, 'a fully qualified name must be a domain and a name separated by a slash')];
}

function validateId(id: string, path: ValidationPath): readonly FieldError[] {
  return [
    ...(byteLength(id) > MAX_ID_BYTES ? [tooLong(path, MAX_ID_BYTES)] : NONE),
    ...invalidFor(path, id, validateCIdentifier(id)),
  ];
}

/** The name of a pool of devices: DNS names with slashes between them. Source: the same file, `validatePoolName`. */
export function validateDevicePoolName(name: string, path: ValidationPath): readonly FieldError[] {
  if (name === '') return [required(path)];
  return [
    ...(byteLength(name) > MAX_POOL_NAME_BYTES ? [tooLong(path, MAX_POOL_NAME_BYTES)] : NONE),
    ...name.split('/').flatMap((part) => validateDnsSubdomain(part, path)),
  ];
}

/**
 * A UUID in the one form that is good here. Source: the same file, `validateUID`, whose reader is
 * github.com/google/uuid 1.6.0 `Validate`.
 */
export function validateDeviceShareId(id: string, path: ValidationPath): readonly FieldError[] {
  const problem = uuidProblem(id);
  if (problem !== undefined) return [invalid(path, id, `error validating uid: ${problem}`)];
  return id.length === 36 && id === id.toLowerCase() ? NONE : [invalid(path, id, NOT_NORMAL)];
}

const NOT_NORMAL =
  'uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase hexadecimal characters';
const DASHED = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NO_UUID = 'invalid UUID format';

function uuidProblem(id: string): string | undefined {
  const bytes = byteLength(id);
  if (bytes === 32) return /^[0-9a-f]{32}$/i.test(id) ? undefined : NO_UUID;
  if (bytes === 36) return DASHED.test(id) ? undefined : NO_UUID;
  if (bytes === 38) {
    if (!id.startsWith('{') || !id.endsWith('}')) return 'invalid bracketed UUID format';
    return DASHED.test(id.slice(1, -1)) ? undefined : NO_UUID;
  }
  if (bytes === 45) {
    const prefix = id.slice(0, 9);
    if (prefix.toLowerCase() !== 'urn:uuid:') return `invalid urn prefix: ${quoteString(prefix)}`;
    return DASHED.test(id.slice(9)) ? undefined : NO_UUID;
  }
  return `invalid UUID length: ${bytes}`;
}
