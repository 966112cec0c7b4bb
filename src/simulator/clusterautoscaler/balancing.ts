import { labelsOf } from '../../apimachinery/object.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import { compareQuantities, milliValueOf } from '../../apimachinery/quantity.ts';
import type { ResourceList } from '../../apimachinery/resource-list.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { valueAt } from '../../base/json.ts';
import type { NodeInfo } from '../scheduler/node-info.ts';
import type { Amounts } from '../scheduler/pod-info.ts';
import { addAmounts } from '../scheduler/pod-info.ts';

/** How far pools may differ that count as alike, as parts of the larger one. */
export interface DifferenceRatios {
  readonly memoryCapacity: number;
  readonly allocatable: number;
  readonly free: number;
}

/** Source: cluster-autoscaler/processors/nodegroupset/compare_nodegroups.go `BasicIgnoredLabels`, 1.36.1. */
const IGNORED_LABELS = new Set([
  'kubernetes.io/hostname',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'beta.kubernetes.io/fluentd-ds-ready',
  'kops.k8s.io/instancegroup',
]);

/**
 * Whether Nodes of two pools are alike: the same resources, or nearly, and the same labels but for those of the place.
 * Source: cluster-autoscaler/processors/nodegroupset/compare_nodegroups.go `IsCloudProviderNodeInfoSimilar`, 1.36.1.
 */
export function areSimilar(a: NodeInfo, b: NodeInfo, ratios: DifferenceRatios): boolean {
  const [capacityA, capacityB] = [a, b].map(({ node }) => resourceListOf(valueAt(node, 'status', 'capacity')));
  const isSameSize = pairs(capacityA!, capacityB!)?.every(([name, one, other]) =>
    name === 'memory' ? isNear(one, other, ratios.memoryCapacity) : compareQuantities(one, other) === 0,
  );
  if (isSameSize !== true) return false;
  const [ownA, ownB] = [a, b].map(({ node }) => resourceListOf(valueAt(node, 'status', 'allocatable')));
  const isNearly = pairs(ownA!, ownB!)?.every(([, one, other]) => isNear(one, other, ratios.allocatable));
  return isNearly === true && areNearlyFree(a, b, ratios.free) && haveSameLabels(a, b);
}

/** Undefined where one has a resource that the other has not. */
function pairs(a: ResourceList, b: ResourceList): readonly (readonly [string, Quantity, Quantity])[] | undefined {
  if (a.size !== b.size) return undefined;
  const found = [...a].flatMap(([name, one]) => {
    const other = b.get(name);
    return other === undefined ? [] : [[name, one, other] as const];
  });
  return found.length === a.size ? found : undefined;
}

function isNear(a: Quantity, b: Quantity, ratio: number): boolean {
  return areClose(Number(milliValueOf(a)), Number(milliValueOf(b)), ratio);
}

function areClose(a: number, b: number, ratio: number): boolean {
  const larger = Math.max(a, b);
  return larger - Math.min(a, b) <= larger * ratio;
}

function areNearlyFree(a: NodeInfo, b: NodeInfo, ratio: number): boolean {
  const free = ({ allocatable, requested }: NodeInfo): Amounts => addAmounts(allocatable, requested, -1);
  const [one, other] = [free(a), free(b)];
  return (['cpuMilli', 'memoryBytes', 'ephemeralBytes'] as const).every((name) =>
    areClose(one[name], other[name], ratio),
  );
}

function haveSameLabels(a: NodeInfo, b: NodeInfo): boolean {
  const [one, other] = [a, b].map(({ node }) => [...labelsOf(node)].filter(([key]) => !IGNORED_LABELS.has(key)));
  const values = new Map(other);
  return one!.length === values.size && one!.every(([key, value]) => values.get(key) === value);
}

/** A pool that is to become larger. */
export interface Growth {
  readonly pool: string;
  readonly current: number;
  readonly wanted: number;
  readonly max: number;
}

/**
 * Parts new Nodes among pools so that they become as equal as can be: the smallest grows first.
 * Source: cluster-autoscaler/processors/nodegroupset/balancing_processor.go `BalanceScaleUpBetweenGroups`, 1.36.1.
 */
export function balanced(
  pools: readonly { readonly name: string; readonly target: number; readonly max: number }[],
  nodes: number,
): readonly Growth[] {
  const growths = pools
    .filter(({ target, max }) => target !== max)
    .map(({ name, target, max }) => ({ pool: name, current: target, wanted: target, max }))
    .toSorted((a, b) => a.current - b.current);
  const room = growths.reduce((sum, { current, max }) => sum + Math.max(0, max - current), 0);
  let [left, start, at] = [Math.min(nodes, room), 0, 0];
  while (left > 0) {
    const growth = growths[at]!;
    if (growth.wanted < growth.max) {
      growth.wanted++;
      left--;
    } else {
      [growths[start], growths[at]] = [growths[at]!, growths[start]!];
      start++;
    }
    const next = growths[at + 1];
    at = next !== undefined && growth.wanted > next.wanted ? at + 1 : start;
  }
  return growths.filter(({ current, wanted }) => wanted !== current);
}
