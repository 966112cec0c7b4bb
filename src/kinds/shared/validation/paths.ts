import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { NONE } from './fields.ts';

/** Paths of files inside volumes and containers. Source: pkg/apis/core/validation/validation.go, 1.36. */
export function validateNoBacksteps(target: string, path: ValidationPath): readonly FieldError[] {
  return hasBacksteps(target) ? [invalid(path, target, "must not contain '..'")] : NONE;
}

export function hasBacksteps(target: string): boolean {
  return target.includes('..') && target.split('/').includes('..');
}

/** A relative path that stays inside. */
export function validateLocalDescendingPath(target: string, path: ValidationPath): readonly FieldError[] {
  const errors = validateNoBacksteps(target, path);
  return target.startsWith('/') ? [invalid(path, target, 'must be a relative path'), ...errors] : errors;
}

/** The same, for names that the kubelet has not reserved. */
export function validateLocalNonReservedPath(target: string, path: ValidationPath): readonly FieldError[] {
  const errors = validateLocalDescendingPath(target, path);
  const reserved = target.startsWith('..') && !target.startsWith('../');
  return reserved ? [...errors, invalid(path, target, "must not start with '..'")] : errors;
}
