import { formatGoFloat, formatGoNumber, isInt64 } from '../../../apimachinery/go-number.ts';
import { Outcome } from './outcome.ts';
import type { ValueError } from './outcome.ts';
import type { Place } from './place.ts';
import type { StructuralSchema } from './structural-schema.ts';

type Given = number | bigint;

/** Limits are floats, and whole numbers are held against their whole part. Source: validate/values.go of kube-openapi. */
export function validateNumber(value: Given, schema: StructuralSchema, place: Place): Outcome {
  const { bounds } = schema;
  const type = schema.types.length === 1 ? schema.types[0]! : '';
  const format = type === 'integer' || type === 'number' ? schema.format : undefined;
  const outcome = new Outcome();
  outcome.add(rangeError(value, type, format, 'Checked', place));
  const limit = (
    name: string,
    bound: number | undefined,
    check: (asInteger: boolean, at: number) => ValueError | undefined,
  ) => {
    if (bound === undefined) return;
    const outOfRange = rangeError(bound, type, format, name, place);
    outcome.add(outOfRange);
    const asInteger = outOfRange === undefined && isInt64(value);
    outcome.add(check(asInteger, asInteger ? Math.trunc(bound) : bound));
  };
  const given = Number(value);
  const shown = (asInteger: boolean, bound: number): string =>
    asInteger ? formatGoNumber(bound) : formatGoFloat(bound);
  limit('MultipleOf', bounds.multipleOf, (asInteger, factor) => {
    if (factor <= 0) {
      const detail = `factor MultipleOf declared for ${place.text} must be positive: ${shown(asInteger, factor)}`;
      return { words: detail, error: { reason: 'FieldValueInvalid', path: place.path, badValue: factor, detail } };
    }
    const isMultiple = asInteger
      ? BigInt(value) % BigInt(factor) === 0n
      : isAboutInteger(factor < 1 ? (1 / factor) * given : given / factor);
    return isMultiple ? undefined : place.breaks(`should be a multiple of ${shown(asInteger, factor)}`, value);
  });
  limit('Minimum boundary', bounds.minimum, (asInteger, min) => {
    if (bounds.exclusiveMinimum ? value > min : value >= min) return undefined;
    const words = bounds.exclusiveMinimum ? 'greater than' : 'greater than or equal to';
    return place.breaks(`should be ${words} ${shown(asInteger, min)}`, value);
  });
  limit('Maximum boundary', bounds.maximum, (asInteger, max) => {
    if (bounds.exclusiveMaximum ? value < max : value <= max) return undefined;
    const words = bounds.exclusiveMaximum ? 'less than' : 'less than or equal to';
    return place.breaks(`should be ${words} ${shown(asInteger, max)}`, value);
  });
  outcome.matches++;
  return outcome;
}

/** Source: `IsValueValidAgainstRange`. */
function rangeError(
  value: Given,
  type: string,
  format: string | undefined,
  what: string,
  place: Place,
): ValueError | undefined {
  const isInside =
    type === 'integer'
      ? isInt64(value) && (format !== 'int32' || (value >= -2147483648 && value <= 2147483647))
      : format !== 'float' || Number.isFinite(Math.fround(Number(value)));
  if (isInside) return undefined;
  const known = format === undefined ? '(default format)' : `with format ${format}`;
  return place.withoutField(`${what} value must be of type ${type} ${known} in ${place.text}`);
}

const LARGEST = Number.MAX_SAFE_INTEGER;

/** Source: vendor/github.com/go-openapi/swag/conv/convert.go `IsFloat64AJSONInteger`, 1.36. */
export function isAboutInteger(value: number): boolean {
  if (!Number.isFinite(value) || Math.abs(value) > LARGEST) return false;
  const rounded = Math.round(value);
  if (value === rounded) return true;
  return rounded !== 0 && Math.abs(value - rounded) < 1e-9 * Math.abs(rounded);
}
