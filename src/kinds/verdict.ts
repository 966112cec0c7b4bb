import type { FieldError } from '../apimachinery/field-error.ts';
import { errorBody } from '../apimachinery/field-error.ts';
import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import { formatGroupKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import type { Path } from '../base/json.ts';

/** What an API server answers when it is asked to create or update one object, and nothing else exists. */
export interface Verdict {
  /** Whether it accepts; null where nothing here knows the kind. */
  readonly valid: boolean | null;
  /** HTTP status: 201 created, 200 updated, 400 cannot be decoded, 404 not served, 405, 409 conflict, 422 invalid; 0 where unknown. */
  readonly code: 0 | 200 | 201 | 400 | 404 | 405 | 409 | 422;
  /** `Invalid`, `BadRequest`, `NotFound`…, as `status.reason`; `noSchema` where the verdict is null; '' where it accepts. */
  readonly reason: '' | 'BadRequest' | 'NotFound' | 'MethodNotAllowed' | 'Conflict' | 'Invalid' | 'noSchema';
  /** The whole sentence of the server, `status.message`; '' where it accepts. */
  readonly message: string;
  /** Whom a 422 is about: `status.details`. */
  readonly about?: GroupKind & { readonly name: string };
  /** In the server's order. */
  readonly errors: readonly VerdictError[];
  /** Warning headers, in the server's words. */
  readonly warnings: readonly string[];
  /** The object as it is stored, defaults included; without what the server makes up (uid, times, managed fields). */
  readonly stored?: KubernetesObject;
}

/** One cause of a refusal: `status.details.causes[]` for 422, one for each thing that a 400 names. */
export interface VerdictError {
  readonly path: Path;
  /** The server's spelling of the path: `spec.ports[0].name`. */
  readonly field: string;
  /** `FieldValueRequired`…; the reason of the status where the server gives no cause. */
  readonly reason: string;
  readonly message: string;
}

const NOTHING: readonly never[] = [];

export function accepted(code: 200 | 201, stored: KubernetesObject, warnings: readonly string[] = NOTHING): Verdict {
  return { valid: true, code, reason: '', message: '', errors: NOTHING, warnings, stored };
}

/** No schema, no verdict. */
export function unknown(message: string): Verdict {
  return { valid: null, code: 0, reason: 'noSchema', message, errors: NOTHING, warnings: NOTHING };
}

/** A refusal that names no field errors of a validation. */
export function refused(
  code: 400 | 404 | 405 | 409,
  reason: Exclude<Verdict['reason'], '' | 'noSchema'>,
  message: string,
  errors: readonly Omit<VerdictError, 'reason'>[],
  warnings: readonly string[] = NOTHING,
): Verdict {
  return { valid: false, code, reason, message, errors: errors.map((error) => ({ ...error, reason })), warnings };
}

/**
 * Status 422. The sentence tells a cause that was found twice once; the causes tell it twice.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go `NewInvalid`, 1.36.
 */
export function invalidObject(
  kind: GroupKind,
  name: string,
  fieldErrors: readonly FieldError[],
  warnings: readonly string[] = NOTHING,
): Verdict {
  const errors = fieldErrors.map((error) => causeOf(error));
  const words = [...new Set(errors.map(({ field, message }) => `${field}: ${message}`))];
  const list = words.length === 1 ? words[0]! : `[${words.join(', ')}]`;
  const message = `${formatGroupKind(kind)} ${quoteString(name)} is invalid: ${list}`;
  return { valid: false, code: 422, reason: 'Invalid', message, about: { ...kind, name }, errors, warnings };
}

function causeOf(error: FieldError): VerdictError {
  return { path: error.path.steps, field: error.path.toString(), reason: error.reason, message: errorBody(error) };
}
