import { milliValueOf, quantityOf, valueOf } from '../../../apimachinery/quantity.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { textAt } from './values.ts';

/**
 * What a field of a Pod says. Of all that the downward API has, kubectl knows only name and namespace.
 * Source: describe.go `EnvValueRetriever` with apimachinery's `DefaultMetaV1FieldSelectorConversion`, 1.36.
 */
export function fieldText(pod: JsonValue, path: string): string {
  return path === 'metadata.name' || path === 'metadata.namespace' ? textAt(pod, ...path.split('.')) : '';
}

/** What a resource of a container is, divided by its divisor and rounded up. Source: kubectl/pkg/util/resource/resource.go. */
export function containerResourceText(container: JsonValue, reference: JsonObject): string {
  const path = textAt(reference, 'resource');
  const [list = '', name = ''] = [path.slice(0, path.indexOf('.')), path.slice(path.indexOf('.') + 1)];
  const quantity = quantityOf(valueAt(container, 'resources', list, name));
  const divisor = quantityOf(valueAt(reference, 'divisor'));
  const read = name === 'cpu' ? milliValueOf : valueOf;
  const by = divisor === undefined || read(divisor) === 0n ? (name === 'cpu' ? 1000n : 1n) : read(divisor);
  const value = quantity === undefined ? 0n : (read(quantity) + by - 1n) / by;
  return value === 0n && (path === 'limits.cpu' || path === 'limits.memory') ? 'node allocatable' : String(value);
}
