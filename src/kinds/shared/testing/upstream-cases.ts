import type { FieldError } from '../../../apimachinery/field-error.ts';
import { errorBody } from '../../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';

/** A case of an upstream table: an object, the one before an update, and what upstream's own function says of them. */
export interface UpstreamCase {
  readonly name: string;
  readonly object: KubernetesObject;
  readonly old?: KubernetesObject;
  /** Field and message of each error; those about metadata are left out. */
  readonly errors: readonly (readonly [field: string, message: string])[];
}

export interface UpstreamTable {
  readonly source: string;
  readonly leftOut: Readonly<Record<string, string>>;
  readonly cases: readonly UpstreamCase[];
}

/**
 * Errors as field and message, in no order: upstream looks at maps in any. Of a message that goes on with a difference
 * between two objects the first line counts.
 */
export function shownErrors(errors: readonly FieldError[]): readonly string[] {
  return shownLines(errors.map((error) => [error.path.toString(), errorBody(error)] as const));
}

export function shownLines(errors: readonly (readonly [string, string])[]): readonly string[] {
  return errors.map(([field, message]) => `${field}: ${message.split('\n')[0] ?? ''}`).sort();
}
