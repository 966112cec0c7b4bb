import type { FieldError } from '../../../apimachinery/field-error.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue, Path, PathStep } from '../../../base/json.ts';
import type { ValueError } from './outcome.ts';

/** Where a value stands, as kube-openapi writes it: dots for fields and keys alike, '' for the root. */
export class Place {
  readonly text: string;
  private readonly parent: Place | undefined;
  private readonly step: PathStep | undefined;
  /** What the path is told under: a default's own path. */
  private readonly base: ValidationPath | undefined;

  private constructor(text: string, parent: Place | undefined, step: PathStep | undefined, base?: ValidationPath) {
    this.text = text;
    this.parent = parent;
    this.step = step;
    this.base = base;
  }

  static root(base?: ValidationPath): Place {
    return new Place('', undefined, undefined, base);
  }

  field(name: string): Place {
    return new Place(this.text === '' ? name : `${this.text}.${name}`, this, name, this.base);
  }

  index(index: number): Place {
    return new Place(`${this.text}[${index}]`, this, index, this.base);
  }

  get path(): ValidationPath {
    return ValidationPath.ofText(this.text, this.steps, this.base);
  }

  private get steps(): Path {
    return this.parent === undefined || this.step === undefined ? [] : [...this.parent.steps, this.step];
  }

  /** An error about this value; `rule` follows "spec.x in body". */
  breaks(
    rule: string,
    badValue: JsonValue,
    reason: 'FieldValueInvalid' | 'FieldValueTypeInvalid' = 'FieldValueInvalid',
  ): ValueError {
    const detail = `${this.text} in body ${rule}`;
    return { words: detail, error: { reason, path: this.path, badValue, detail } };
  }

  /** An error that upstream tells without its field. */
  withoutField(detail: string): ValueError {
    const path = ValidationPath.ofText('', this.steps, this.base);
    return { words: detail, error: { reason: 'FieldValueInvalid', path, badValue: '', detail } };
  }

  other(words: string, make: (path: ValidationPath) => FieldError): ValueError {
    return { words: `${this.text} in body ${words}`, error: make(this.path) };
  }
}
