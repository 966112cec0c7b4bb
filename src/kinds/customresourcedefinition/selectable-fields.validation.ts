import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, invalid, required, tooMany } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { NONE, textAt } from '../shared/validation/fields.ts';
import type { VersionParts } from './internal-spec.ts';
import { fieldAt } from './schema-field-path.ts';
import { conversionProblem } from './structural-schema.validation.ts';

const MAX_SELECTABLE_FIELDS = 8;
const SCALARS = ['string', 'boolean', 'integer'];

/**
 * `selectableFields` of a version, or of all versions alike. `noSchema` is said where there is no schema to select from;
 * an update that leaves them as they were may keep too many. Source: `ValidateCustomResourceSelectableFields`.
 */
export function validateSelectableFields(
  { schema: holder, selectableFields: fields }: VersionParts,
  path: ValidationPath,
  noSchema: string,
  mayBeTooMany: boolean,
): readonly FieldError[] {
  if (fields.length === 0) return NONE;
  const at = path.child('selectableFields');
  const schema = objectAt(holder, 'openAPIV3Schema');
  if (schema === undefined) return [invalid(at, '', noSchema)];
  const problem = conversionProblem(schema);
  if (problem !== undefined)
    return [
      invalid(path.child('schema.openAPIV3Schema'), '', problem),
      ...fields.flatMap((field, index) => (textAt(field, 'jsonPath') === '' ? [missing(at, index)] : [])),
    ];
  const seen = new Set<string>();
  const errors = fields.flatMap((field, index) => fieldErrors(field, schema, at, index, seen));
  if (seen.size <= MAX_SELECTABLE_FIELDS || mayBeTooMany) return errors;
  return [...errors, tooMany(at, seen.size, MAX_SELECTABLE_FIELDS)];
}

const missing = (path: ValidationPath, index: number): FieldError => required(path.index(index).child('jsonPath'));

function fieldErrors(
  field: JsonValue,
  schema: Parameters<typeof fieldAt>[0],
  path: ValidationPath,
  index: number,
  seen: Set<string>,
): readonly FieldError[] {
  const text = textAt(field, 'jsonPath');
  const at = path.index(index).child('jsonPath');
  if (text === '') return [missing(path, index)];
  const found = fieldAt(schema, text, false);
  if (!found.ok) return [invalid(at, text, `is an invalid path: ${found.message}`)];
  const key = found.steps.join('.');
  const isRepeated = seen.has(key);
  seen.add(key);
  return [
    ...(found.steps[0] === 'metadata' ? [invalid(at, text, 'must not point to fields in metadata')] : NONE),
    ...(SCALARS.includes(textAt(found.schema, 'type'))
      ? NONE
      : [
          invalid(
            at,
            text,
            'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.',
          ),
        ]),
    ...(isRepeated ? [duplicate(at, text)] : NONE),
  ];
}
