import type { FieldError } from '../../../apimachinery/field-error.ts';

/** One error with Go's words for it, by which repeated ones are told. */
export interface ValueError {
  readonly words: string;
  readonly error: FieldError;
}

/**
 * What a validator found: every error once, and how many checks were passed, by which the best of several alternatives is
 * chosen. Source: vendor/k8s.io/kube-openapi/pkg/validation/validate/result.go, 1.36.
 */
export class Outcome {
  readonly errors: ValueError[] = [];
  matches = 0;

  get isValid(): boolean {
    return this.errors.length === 0;
  }

  add(error: ValueError | undefined): void {
    if (error === undefined || this.errors.some(({ words }) => words === error.words)) return;
    this.errors.push(error);
  }

  merge(other: Outcome): void {
    for (const error of other.errors) this.add(error);
    this.matches += other.matches;
  }
}
