import { formatQuantity, milliValueOf, quantityOf } from '../../apimachinery/quantity.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';

/**
 * The server's warnings about the spec of a claim.
 * Source: pkg/api/persistentvolumeclaim/util.go `GetWarningsForPersistentVolumeClaimSpec`, 1.36.
 */
export function claimSpecWarnings(spec: JsonValue | undefined, path: ValidationPath): readonly string[] {
  return ['requests', 'limits'].flatMap((list) => {
    const storage = quantityOf(valueAt(spec, 'resources', list, 'storage'));
    if (storage === undefined || milliValueOf(storage) % 1000n === 0n) return [];
    const field = path.child('resources', list).key('storage').toString();
    return [`${field}: fractional byte value "${formatQuantity(storage)}" is invalid, must be an integer`];
  });
}
