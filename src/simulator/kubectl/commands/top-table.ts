import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { Quantity } from '../../../apimachinery/quantity.ts';
import {
  ZERO,
  addQuantities,
  compareQuantities,
  milliValueOf,
  quantityOf,
  valueOf,
} from '../../../apimachinery/quantity.ts';
import { columnsOf } from '../output.ts';

/**
 * What `kubectl top` prints.
 * Source: staging/src/k8s.io/kubectl/pkg/metricsutil/metrics_printer.go and its resource_adder, 1.36.
 */

type Measured = 'cpu' | 'memory';

const MEASURED: readonly Measured[] = ['cpu', 'memory'];

interface PodOptions {
  readonly containers: boolean;
  readonly withNamespace: boolean;
  readonly noHeaders: boolean;
  readonly sum: boolean;
  readonly sortBy: string;
}

export function podTable(metrics: readonly JsonValue[], options: PodOptions): string {
  const { containers, withNamespace, noHeaders, sum, sortBy } = options;
  const before = [...(withNamespace ? ['NAMESPACE'] : []), ...(containers ? ['POD'] : [])];
  const sorted = sortedBy(metrics, sortBy, podUse, (item) => [
    withNamespace ? (stringAt(item, 'metadata', 'namespace') ?? '') : '',
    stringAt(item, 'metadata', 'name') ?? '',
  ]);
  const rows = sorted.flatMap((item) => {
    const [namespace, name] = [stringAt(item, 'metadata', 'namespace') ?? '', stringAt(item, 'metadata', 'name') ?? ''];
    const place = withNamespace ? [namespace] : [];
    if (!containers) return [[...place, name, ...cells((measured) => podUse(item, measured))]];
    const own = sortedBy(arrayAt(item, 'containers'), sortBy, useOf, (one) => [stringAt(one, 'name') ?? '']);
    return own.map((one) => [
      ...place,
      name,
      stringAt(one, 'name') ?? '',
      ...cells((measured) => useOf(one, measured)),
    ]);
  });
  const width = before.length + 3;
  const total = (measured: Measured): Quantity =>
    metrics.reduce<Quantity>((all, item) => addQuantities(all, podUse(item, measured)), ZERO);
  const sums = [
    [...Array.from({ length: width - 2 }, () => ''), '________', '________'],
    [...Array.from({ length: width - 2 }, () => ''), ...cells(total)],
  ];
  const header = [...before, 'NAME', 'CPU(cores)', 'MEMORY(bytes)'];
  return table([...(noHeaders ? [] : [header]), ...rows, ...(sum ? sums : [])]);
}

/** `available`: what each Node has, by name; those of which nothing was measured come last. */
export function nodeTable(
  metrics: readonly JsonValue[],
  available: ReadonlyMap<string, JsonObject>,
  { noHeaders, sortBy }: { readonly noHeaders: boolean; readonly sortBy: string },
): string {
  const header = ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'];
  const rows = sortedBy(metrics, sortBy, useOf, (item) => [nameOf(item)]).map((item) => {
    const own = available.get(nameOf(item));
    return [nameOf(item), ...MEASURED.flatMap((measured) => share(useOf(item, measured), measured, own))];
  });
  const seen = new Set(metrics.map(nameOf));
  const missing = [...available.keys()].filter((name) => !seen.has(name));
  const unknown = missing.map((name) => [name, ...Array.from({ length: 4 }, () => '<unknown>')]);
  return table([...(noHeaders ? [] : [header]), ...rows, ...unknown]);
}

/** Every cell is followed by its space, the last too. */
function table(rows: readonly (readonly string[])[]): string {
  return columnsOf(rows.map((row) => [...row, '']));
}

function nameOf(item: JsonValue): string {
  return stringAt(item, 'metadata', 'name') ?? '';
}

function share(used: Quantity, measured: Measured, available: JsonObject | undefined): readonly string[] {
  const whole = quantityOf(valueAt(available, measured));
  if (whole === undefined) return [cell(used, measured)];
  const milli = milliValueOf(whole);
  const percent = milli === 0n ? 0 : (Number(milliValueOf(used)) / Number(milli)) * 100;
  return [cell(used, measured), `${Math.trunc(percent)}%`];
}

function useOf(item: JsonValue, measured: Measured): Quantity {
  return quantityOf(valueAt(item, 'usage', measured)) ?? ZERO;
}

function podUse(item: JsonValue, measured: Measured): Quantity {
  return arrayAt(item, 'containers').reduce<Quantity>((sum, one) => addQuantities(sum, useOf(one, measured)), ZERO);
}

function cells(use: (measured: Measured) => Quantity): readonly string[] {
  return MEASURED.map((measured) => cell(use(measured), measured));
}

function cell(quantity: Quantity, measured: Measured): string {
  return measured === 'cpu' ? `${milliValueOf(quantity)}m` : `${valueOf(quantity) / (1024n * 1024n)}Mi`;
}

/** By use, the most first; by name otherwise. */
function sortedBy(
  items: readonly JsonValue[],
  sortBy: string,
  use: (item: JsonValue, measured: Measured) => Quantity,
  names: (item: JsonValue) => readonly string[],
): readonly JsonValue[] {
  if (sortBy === 'cpu' || sortBy === 'memory')
    return items.toSorted((a, b) => compareQuantities(use(b, sortBy), use(a, sortBy)));
  return items.toSorted((a, b) => compareStrings(names(a).join('/'), names(b).join('/')));
}
