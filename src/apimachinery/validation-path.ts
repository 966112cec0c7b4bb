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
  /** Steps that `step` prints as one text; undefined where it is a step itself. */
  private readonly inner: Path | undefined;

  private constructor(parent: ValidationPath | undefined, step: PathStep, isField: boolean, inner?: Path) {
    this.parent = parent;
    this.step = step;
    this.isField = isField;
    this.inner = inner;
  }

  /**
   * A path that upstream holds as one text (`spec.hosts[0].labels.a.b`), with the steps it stands for; under `parent`, or
   * whole. An empty text is the parent itself; where there is none, upstream prints `<nil>`.
   */
  static ofText(text: string, steps: Path, parent?: ValidationPath): ValidationPath {
    if (text === '' && parent !== undefined) return parent;
    return new ValidationPath(parent, text === '' ? '<nil>' : text, true, steps);
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
    const own = this.inner
      ? this.inner
      : this.isField
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
