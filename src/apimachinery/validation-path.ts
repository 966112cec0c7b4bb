import type { Path, PathStep } from '../base/json.ts';

/**
 * Where a validation stands in an object. It knows what a bare path cannot: whether a step is a field of a struct
 * (`.name`) or a key of a map (`[name]`), which the API server writes differently. Made step by step, each step a small
 * link to the one before, so that a path costs nothing until an error prints it.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/field/path.go, 1.36.
 */
export class ValidationPath {
  private readonly parent: ValidationPath | undefined;
  private readonly step: PathStep;
  private readonly isField: boolean;

  private constructor(parent: ValidationPath | undefined, step: PathStep, isField: boolean) {
    this.parent = parent;
    this.step = step;
    this.isField = isField;
  }

  /** The path of a top-level field: `ValidationPath.of('spec')`. */
  static of(name: string, ...more: readonly string[]): ValidationPath {
    return new ValidationPath(undefined, name, true).child(...more);
  }

  child(...names: readonly string[]): ValidationPath {
    return names.reduce<ValidationPath>((path, name) => new ValidationPath(path, name, true), this);
  }

  index(index: number): ValidationPath {
    return new ValidationPath(this, index, false);
  }

  key(key: string): ValidationPath {
    return new ValidationPath(this, key, false);
  }

  /** The steps from the root of the object. A name given as `a.b` in one piece is two steps, as upstream prints it. */
  get steps(): Path {
    const own = this.isField
      ? String(this.step)
          .split('.')
          .filter((name) => name !== '')
      : [this.step];
    return this.parent ? [...this.parent.steps, ...own] : own;
  }

  toString(): string {
    const head = this.parent?.toString() ?? '';
    // Upstream prints a path of no name, which stands for the whole object, as `[]`.
    if (!this.isField || this.step === '') return `${head}[${this.step}]`;
    return head === '' ? String(this.step) : `${head}.${this.step}`;
  }
}
