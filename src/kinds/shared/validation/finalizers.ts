import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../../apimachinery/field-error.ts';
import { validateLabelKey } from '../../../apimachinery/label-names.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { compareStrings } from '../../../base/compare.ts';
import { invalidFor } from './messages.ts';

const ORPHAN_DEPENDENTS = 'orphan';
const DELETE_DEPENDENTS = 'foregroundDeletion';
/** Names that need no domain. */
export const STANDARD_FINALIZERS: ReadonlySet<string> = new Set(['kubernetes', ORPHAN_DEPENDENTS, DELETE_DEPENDENTS]);

/**
 * The form of `metadata.finalizers`. Errors name the list.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go, 1.36.
 */
export function validateFinalizers(finalizers: readonly string[], path: ValidationPath): readonly FieldError[] {
  const errors = finalizers.flatMap((name) => invalidFor(path, name, validateLabelKey(name)));
  if (!finalizers.includes(ORPHAN_DEPENDENTS) || !finalizers.includes(DELETE_DEPENDENTS)) return errors;
  const both = `finalizer ${ORPHAN_DEPENDENTS} and ${DELETE_DEPENDENTS} cannot be both set`;
  return [...errors, invalid(path, finalizers, both)];
}

/**
 * What built-in kinds ask for besides: names without a domain must be standard ones.
 * Source: pkg/apis/core/validation/validation.go `validateKubeFinalizerName`, 1.36.
 */
export function validateStandardFinalizer(name: string, path: ValidationPath): readonly FieldError[] {
  if (name.includes('/') || STANDARD_FINALIZERS.has(name)) return [];
  return [invalid(path, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}

/** An object that is being deleted gets no new finalizers. */
export function validateNoNewFinalizers(
  finalizers: readonly string[],
  old: readonly string[],
  path: ValidationPath,
): readonly FieldError[] {
  const extra = [...new Set(finalizers)].filter((name) => !old.includes(name)).sort(compareStrings);
  if (extra.length === 0) return [];
  const list = `[]string{${extra.map((name) => quoteString(name)).join(', ')}}`;
  return [
    forbidden(path, `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`),
  ];
}
