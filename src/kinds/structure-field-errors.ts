import type { FieldError } from '../apimachinery/field-error.ts';
import { duplicate, invalid, notSupported, required, tooLong, tooMany } from '../apimachinery/field-error.ts';
import { ValidationPath } from '../apimachinery/validation-path.ts';
import type { JsonValue, Path } from '../base/json.ts';
import { dotted } from './shared/custom-resource/prune.ts';
import type { ExpectedType, StructureError } from '../openapi/structure-error.ts';

/**
 * What a schema alone says, in the words of the validation of custom resources: for kinds that no strategy judges.
 * Source: vendor/k8s.io/kube-openapi/pkg/validation and apiextensions-apiserver/pkg/apiserver/validation, 1.36.
 */
export function structureFieldErrors(errors: readonly StructureError[]): readonly FieldError[] {
  return errors.flatMap((error) => {
    const path = validationPathOf(error.path);
    return path === undefined ? [] : fieldErrorOf(error, path);
  });
}

/** As kube-openapi writes it, dots for fields and for keys of maps alike; undefined for the object itself. */
function validationPathOf(path: Path): ValidationPath | undefined {
  return path.length === 0 ? undefined : ValidationPath.ofText(dotted(path), path);
}

function fieldErrorOf(error: StructureError, path: ValidationPath): readonly FieldError[] {
  switch (error.reason) {
    case 'unknownField':
    case 'type':
      return [];
    case 'FieldValueRequired':
      return [required(path)];
    case 'FieldValueNotSupported':
      return [notSupported(path, error.value, error.supported.map(String))];
    case 'FieldValueTypeInvalid': {
      const given = typeWord(error.value);
      const detail = `${path.toString()} in body must be of type ${TYPE_WORDS[error.expected] ?? error.expected}: "${given}"`;
      return [{ reason: 'FieldValueTypeInvalid', path, badValue: given, detail }];
    }
    case 'FieldValueDuplicate':
      return [duplicate(path, error.value)];
    case 'FieldValueTooLong':
      return [tooLong(path, Number(error.limit))];
    case 'FieldValueTooMany':
      return [tooMany(path, sizeOf(error.value), Number(error.limit))];
    case 'FieldValueInvalid':
      return [invalid(path, shown(error.value, error.rule), `${path.toString()} in body ${ruleWords(error)}`)];
  }
}

type BrokenRule = Extract<StructureError, { readonly rule: unknown }>;

const TYPE_WORDS: Partial<Record<ExpectedType, string>> = { int32: 'integer', int64: 'integer', base64: 'byte' };

function typeWord(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function sizeOf(value: JsonValue): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function shown(value: JsonValue, rule: string): JsonValue {
  return rule === 'minItems' || rule === 'minProperties' ? sizeOf(value) : value;
}

function ruleWords({ rule, limit }: BrokenRule): string {
  switch (rule) {
    case 'minimum':
      return `should be greater than or equal to ${limit}`;
    case 'exclusiveMinimum':
      return `should be greater than ${limit}`;
    case 'maximum':
      return `should be less than or equal to ${limit}`;
    case 'exclusiveMaximum':
      return `should be less than ${limit}`;
    case 'multipleOf':
      return `should be a multiple of ${limit}`;
    case 'minLength':
      return `should be at least ${limit} chars long`;
    case 'pattern':
      return `should match '${limit}'`;
    case 'minItems':
      return `should have at least ${limit} items`;
    case 'minProperties':
      return `should have at least ${limit} properties`;
    default:
      return `breaks the rule ${rule} ${limit}`;
  }
}
