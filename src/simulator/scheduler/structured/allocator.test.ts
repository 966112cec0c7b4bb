import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { quantityOf } from '../../../apimachinery/quantity.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { upstreamFile } from '../../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { AllocationError } from './allocation-error.ts';
import { allocateDevices } from './allocator.ts';
import type { DeviceFeature } from './feature.ts';

interface AllocatorCase {
  readonly name: string;
  readonly features: readonly DeviceFeature[];
  readonly claims: readonly KubernetesObject[];
  readonly classes: readonly KubernetesObject[];
  readonly slices: readonly KubernetesObject[];
  readonly allocatedDevices?: readonly string[];
  /** Ids with the id of the share after them. */
  readonly shared?: readonly string[];
  readonly aggregated?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly node?: KubernetesObject;
  readonly want: JsonObject;
}

const { source, release, cases, leftOut } = upstreamFile<AllocatorCase>(
  new URL('testdata/allocator-cases.json', import.meta.url),
);
const upstream = { area: 'scheduler', file: source, release } as const;

const NODE = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1', labels: { region: 'region-1' } } };

function answerTo(one: AllocatorCase): JsonObject {
  const node: KubernetesObject = one.node ?? NODE;
  const amounts = Object.entries(one.aggregated ?? {}).map(
    ([id, capacities]) =>
      [id, new Map(Object.entries(capacities).map(([name, amount]) => [name, quantityOf(amount)!]))] as const,
  );
  const shares = (one.shared ?? []).map((id) => [id.split('/').slice(0, 3).join('/'), new Map()] as const);
  const cluster = {
    features: new Set(one.features),
    allocated: { whole: new Set(one.allocatedDevices), shared: new Map([...shares, ...amounts]) },
    slices: one.slices,
    deviceClass: (name: string) => one.classes.find((found) => nameOf(found) === name),
  };
  try {
    const { results, steps } = allocateDevices(cluster, { name: nameOf(node), labels: labelsOf(node) }, one.claims);
    return {
      results: results === undefined || results.length === 0 ? null : results.map(comparable),
      ...(one.want['steps'] === undefined ? {} : { steps }),
    };
  } catch (error) {
    if (!(error instanceof AllocationError)) throw error;
    // Upstream's test has a lister of its own with its own words.
    return {
      error: error.message.replace(/deviceclass\.resource\.k8s\.io "[^"]*" not found/, ' "not found" not found'),
    };
  }
}

/** Shares are named alike, as upstream's test does. */
function comparable(result: JsonObject): JsonObject {
  return JSON.parse(
    JSON.stringify(result, (key, value: JsonValue) => (key === 'shareID' ? 'shared' : value)),
  ) as JsonObject;
}

describe('structured allocator', () => {
  upstreamEach(upstream)(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const want = one.want['error'] === undefined ? one.want : { error: valueAt(one.want, 'error')! };
    expect(answerTo(one)).toEqual(want);
  });

  upstreamLeftOut(upstream, leftOut);
});
