import { formatQuantity, milliValueOf, quantityOf } from '../../../../apimachinery/quantity.ts';
import { quoteString } from '../../../../apimachinery/quoted-string.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { valueAt } from '../../../../base/json.ts';

/** Amounts of bytes that are no whole number. Source: pkg/api/pod/warnings.go, 1.36. */
export function fractionWarning(list: JsonValue | undefined, name: string, path: ValidationPath): readonly string[] {
  const quantity = quantityOf(valueAt(list, name));
  if (quantity === undefined || milliValueOf(quantity) % 1000n === 0n) return [];
  const written = quoteString(formatQuantity(quantity));
  return [`${path.key(name)}: fractional byte value ${written} is invalid, must be an integer`];
}

/** Of the spec of a claim. Source: pkg/api/persistentvolumeclaim/util.go, 1.36. */
export function claimSpecWarnings(spec: JsonValue | undefined, path: ValidationPath): readonly string[] {
  return ['requests', 'limits'].flatMap((kind) =>
    fractionWarning(valueAt(spec, 'resources', kind), 'storage', path.child('resources', kind)),
  );
}
