import type { SelectableNode } from '../../../apimachinery/node-selector.ts';
import { matchesNodeSelector, nodeSelectorProblems, parseNodeSelector } from '../../../apimachinery/node-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, nameAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { AllocationError } from './allocation-error.ts';
import type { DeviceFeature } from './feature.ts';

/** A pool of devices of one driver, as far as a Node can reach it. */
export interface Pool {
  readonly driver: string;
  readonly name: string;
  /** Slices are still missing. */
  readonly isIncomplete?: true;
  /** Why none of its devices can be had. */
  readonly invalid?: string;
  /** By name; without those that hold counters alone. */
  readonly slices: readonly KubernetesObject[];
  /** Those of other Nodes, where counters are shared with them. */
  readonly slicesElsewhere: readonly KubernetesObject[];
  /** By name. */
  readonly counterSets: ReadonlyMap<string, JsonValue>;
}

/** Whether something is meant for the Node: by its name, for all, or by a selector. */
export function nodeMatches(place: JsonValue | undefined, node: SelectableNode): boolean {
  const nodeName = nameAt(place, 'nodeName');
  if (nodeName !== undefined) return nodeName === node.name;
  if (booleanAt(place, 'allNodes') === true) return true;
  const selector = objectAt(place, 'nodeSelector');
  if (selector === undefined) return false;
  const parsed = parseNodeSelector(selector);
  const problems = nodeSelectorProblems(parsed);
  if (problems.length > 0) throw new AllocationError(`failed to parse node selector: ${problems.join(', ')}`);
  return matchesNodeSelector(parsed, node);
}

/**
 * The pools that the Node can reach, by driver and name, those whose devices have conditions of binding last. Outdated
 * slices are left out. Source: structured/internal/incubating/pools_incubating.go `GatherPools`, 1.36.
 */
export function gatherPools(
  slices: readonly KubernetesObject[],
  node: SelectableNode,
  features: ReadonlySet<DeviceFeature>,
): readonly Pool[] {
  const byPool = new Map<string, KubernetesObject[]>();
  for (const slice of slices) if (isRelevant(slice, node, features)) addSlice(byPool, slice);
  const pools: Pool[] = [];
  for (const own of byPool.values()) {
    const pool = poolOf(own, slices, features);
    if (pool !== undefined) pools.push(pool);
  }
  pools.sort(comparePools);
  const waits = pools.filter(hasBindingConditions);
  return [...pools.filter((pool) => !waits.includes(pool)), ...waits];
}

function isRelevant(slice: KubernetesObject, node: SelectableNode, features: ReadonlySet<DeviceFeature>): boolean {
  const spec = objectAt(slice, 'spec');
  const perDevice = booleanAt(spec, 'perDeviceNodeSelection');
  const hasCounters = arrayAt(spec, 'sharedCounters').length > 0;
  if (!features.has('DRAPartitionableDevices') && (perDevice !== undefined || hasCounters)) return false;
  // Counters are needed to use the pool, wherever they are said to be.
  if (hasCounters) return true;
  if (
    nameAt(spec, 'nodeName') !== undefined ||
    booleanAt(spec, 'allNodes') === true ||
    objectAt(spec, 'nodeSelector') !== undefined
  )
    return nodeMatches(spec, node);
  return perDevice === true && arrayAt(spec, 'devices').some((device) => nodeMatches(device, node));
}

export function driverOf(slice: KubernetesObject): string {
  return stringAt(slice, 'spec', 'driver') ?? '';
}

export function poolNameOf(slice: KubernetesObject): string {
  return stringAt(slice, 'spec', 'pool', 'name') ?? '';
}

function generationOf(slice: KubernetesObject): number {
  return numberAt(slice, 'spec', 'pool', 'generation') ?? 0;
}

function addSlice(byPool: Map<string, KubernetesObject[]>, slice: KubernetesObject): void {
  const key = `${driverOf(slice)}/${poolNameOf(slice)}`;
  const own = byPool.get(key);
  if (own === undefined || generationOf(slice) > generationOf(own[0]!)) byPool.set(key, [slice]);
  else if (generationOf(slice) === generationOf(own[0]!)) own.push(slice);
}

/** The pool; none where its slices are just being replaced by newer ones that are for other Nodes. */
function poolOf(
  own: readonly KubernetesObject[],
  all: readonly KubernetesObject[],
  features: ReadonlySet<DeviceFeature>,
): Pool | undefined {
  const first = own[0]!;
  const id = { driver: driverOf(first), name: poolNameOf(first) };
  const empty: Pool = { ...id, slices: [], slicesElsewhere: [], counterSets: new Map() };
  const count = numberAt(first, 'spec', 'pool', 'resourceSliceCount');
  if (own.length === count) return buildPool(empty, own, own, features);
  const samePool = all.filter((slice) => driverOf(slice) === id.driver && poolNameOf(slice) === id.name);
  if (samePool.some((slice) => generationOf(slice) > generationOf(first))) return undefined;
  const current = samePool.filter((slice) => generationOf(slice) === generationOf(first));
  if (current.length !== count) return { ...empty, isIncomplete: true };
  return buildPool(empty, own, current, features);
}

function buildPool(
  empty: Pool,
  own: readonly KubernetesObject[],
  current: readonly KubernetesObject[],
  features: ReadonlySet<DeviceFeature>,
): Pool {
  const sorted = [...own].sort((a, b) => compareStrings(nameOf(a), nameOf(b)));
  const isPartitionable = features.has('DRAPartitionableDevices');
  const holdsCounters = (slice: KubernetesObject) => arrayAt(slice, 'spec', 'sharedCounters').length > 0;
  const slices = isPartitionable ? sorted.filter((slice) => !holdsCounters(slice)) : sorted;
  const names = slices.flatMap((slice) => devicesOf(slice).map((device) => stringAt(device, 'name') ?? ''));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return { ...empty, invalid: `duplicate device name ${twice}` };
  if (!isPartitionable) return { ...empty, slices };
  const counterSets = new Map<string, JsonValue>();
  for (const counters of sorted.flatMap((slice) => arrayAt(slice, 'spec', 'sharedCounters'))) {
    const name = stringAt(counters, 'name') ?? '';
    if (counterSets.has(name)) return { ...empty, invalid: `duplicate counter set name ${name}` };
    counterSets.set(name, counters);
  }
  const ownNames = new Set(own.map(nameOf));
  const slicesElsewhere = current.filter((slice) => !ownNames.has(nameOf(slice)));
  const invalid = wrongCounter(counterSets, sorted) ?? wrongCounter(counterSets, slicesElsewhere);
  return invalid === undefined ? { ...empty, slices, slicesElsewhere, counterSets } : { ...empty, invalid };
}

export function devicesOf(slice: KubernetesObject): readonly JsonValue[] {
  return arrayAt(slice, 'spec', 'devices');
}

function wrongCounter(
  counterSets: ReadonlyMap<string, JsonValue>,
  slices: readonly KubernetesObject[],
): string | undefined {
  for (const consumed of slices.flatMap(devicesOf).flatMap((device) => arrayAt(device, 'consumesCounters'))) {
    const name = stringAt(consumed, 'counterSet') ?? '';
    const counterSet = counterSets.get(name);
    if (counterSet === undefined) return `counter set ${name} not found`;
    for (const counter of Object.keys(objectAt(consumed, 'counters') ?? {}))
      if (valueAt(counterSet, 'counters', counter) === undefined)
        return `counter ${counter} not found in counter set ${name}`;
  }
  return undefined;
}

function hasBindingConditions({ slices }: Pool): boolean {
  return slices.flatMap(devicesOf).some((device) => valueAt(device, 'bindingConditions') !== undefined);
}

function comparePools(a: Pool, b: Pool): number {
  return compareStrings(a.driver, b.driver) || compareStrings(a.name, b.name);
}
