import type { SelectableNode } from '../../../apimachinery/node-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asObject, booleanAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { matchesDeviceSelector } from '../../../cel/device-environment.ts';
import { AllocationError } from './allocation-error.ts';
import type { DeviceCluster } from './allocator.ts';
import type { Capacities } from './device-capacity.ts';
import { NO_CAPACITIES, consumedCapacities, fitsCapacity, sumCapacities } from './device-capacity.ts';
import type { DeviceConstraint } from './device-constraint.ts';
import { constraintOf } from './device-constraint.ts';
import { SharedCounters } from './device-counters.ts';
import { deviceIdOf } from './device-id.ts';
import type { DeviceRequest, RequestData } from './device-request.ts';
import { alternativesOf, exactRequest, shownClaim } from './device-request.ts';
import { isTaintedFor } from './device-taint.ts';
import type { ChosenDevice, FoundDevice } from './found-device.ts';
import type { Pool } from './resource-pools.ts';
import { devicesOf, nodeMatches } from './resource-pools.ts';

/** Source: staging/src/k8s.io/api/resource/v1/types.go `AllocationResultsMaxSize`, 1.36. */
const MOST_RESULTS = 32;

/** Which device of which request is looked for. */
interface Place {
  readonly claim: number;
  readonly request: number;
  /** Of the alternative; undefined before one is tried. */
  readonly alternative: number | undefined;
  readonly device: number;
}

/** `too many`: the results would be more than a claim may have, so that earlier choices cannot help. */
type Step = 'found' | 'none' | 'too many';

interface Start {
  readonly pool: number;
  readonly slice: number;
  readonly device: number;
}
const BEGINNING: Start = { pool: 0, slice: 0, device: 0 };

/** One search, in which everything changes; it is thrown away when it ends. */
export class DeviceSearch {
  steps = 0;
  /** The devices of each claim. */
  readonly chosen: ChosenDevice[][];
  private readonly cluster: DeviceCluster;
  private readonly node: SelectableNode;
  private readonly claims: readonly KubernetesObject[];
  private readonly pools: readonly Pool[];
  private readonly requests: RequestData[][][];
  private readonly constraints: (readonly DeviceConstraint[])[];
  private readonly taken = new Map<string, Set<number>>();
  private readonly takenCapacity = new Map<string, Capacities[]>();
  private readonly counters: SharedCounters;
  private readonly picked = new Map<string, number>();
  private readonly selectable = new Map<DeviceRequest, Map<JsonValue, boolean>>();

  constructor(
    cluster: DeviceCluster,
    node: SelectableNode,
    claims: readonly KubernetesObject[],
    pools: readonly Pool[],
  ) {
    this.cluster = cluster;
    this.node = node;
    this.claims = claims;
    this.pools = pools;
    this.chosen = claims.map(() => []);
    const { allocated } = cluster;
    this.counters = new SharedCounters((id) => allocated.whole.has(id) || allocated.shared.has(id));
    this.requests = [];
    this.constraints = [];
    for (const claim of claims) {
      const requests = arrayAt(claim, 'spec', 'devices', 'requests').map((request) => this.lookAt(claim, request));
      const least = requests.reduce((sum, options) => sum + Math.min(...options.map(({ count }) => count)), 0);
      if (least > MOST_RESULTS)
        throw new AllocationError(
          `claim ${shownClaim(claim)}: number of requested devices ${least} exceeds the claim limit of ${MOST_RESULTS}`,
        );
      this.requests.push(requests);
      this.constraints.push(
        arrayAt(claim, 'spec', 'devices', 'constraints').map((constraint, index) =>
          constraintOf(constraint, `claim ${shownClaim(claim)}, constraint #${index}`),
        ),
      );
    }
  }

  run(): boolean {
    return this.allocate({ claim: 0, request: 0, alternative: undefined, device: 0 }, BEGINNING) === 'found';
  }

  /** The requests of a claim, each as it was served. */
  requestsOf(claim: number): readonly RequestData[] {
    return this.requests[claim]!.map((options, request) => options[this.picked.get(`${claim}/${request}`) ?? 0]!);
  }

  /** What a request asks for, and its alternatives where it has some. */
  private lookAt(claim: KubernetesObject, request: JsonValue): RequestData[] {
    const { features } = this.cluster;
    const alternatives = alternativesOf(request);
    const options = alternatives.length > 0 ? alternatives : [exactRequest(request)];
    const name = stringAt(request, 'name') ?? '';
    if (alternatives.length > 0 && !features.has('DRAPrioritizedList'))
      throw new AllocationError(
        `claim ${shownClaim(claim)}, request ${name}: has subrequests, but the DRAPrioritizedList feature is disabled`,
      );
    const asksCapacity = options.find(({ capacityRequests }) => capacityRequests !== undefined);
    if (asksCapacity !== undefined && !features.has('DRAConsumableCapacity'))
      throw new AllocationError(
        `claim ${shownClaim(claim)}, ${asksCapacity.parent === undefined ? 'request' : 'subrequest'} ${asksCapacity.name}: has capacity requests, but the DRAConsumableCapacity feature is disabled`,
      );
    return options.map((option) => this.requestData(claim, option));
  }

  private requestData(claim: KubernetesObject, request: DeviceRequest): RequestData {
    const problem = `claim ${shownClaim(claim)}, request ${request.name}`;
    const unknown = request.selectors.findIndex((selector) => objectAt(selector, 'cel') === undefined);
    if (unknown >= 0)
      throw new AllocationError(`${problem}, selector #${unknown}: CEL expression empty (unsupported selector type?)`);
    if (request.hasAdminAccess && !this.cluster.features.has('DRAAdminAccess'))
      throw new AllocationError(`${problem}: admin access is requested, but the feature is disabled`);
    const { className } = request;
    if (className === undefined)
      throw new AllocationError(`${problem}: missing device class name (unsupported request type?)`);
    const deviceClass = this.cluster.deviceClass(className);
    if (deviceClass === undefined)
      throw new AllocationError(
        `${problem}: could not retrieve device class ${className}: deviceclass.resource.k8s.io "${className}" not found`,
      );
    if (request.mode === 'ExactCount') return { request, deviceClass, count: request.count, all: undefined };
    if (request.mode !== 'All') throw new AllocationError(`${problem}: unsupported count mode ${request.mode}`);
    const all: FoundDevice[] = [];
    for (const pool of this.pools) {
      const state = pool.isIncomplete === true ? 'being updated' : pool.invalid === undefined ? undefined : 'invalid';
      if (state !== undefined)
        throw new AllocationError(
          `${problem}: asks for all devices, but resource pool ${pool.driver}/${pool.name} is currently ${state}`,
        );
      for (const found of devicesIn(pool))
        if (this.isSelectable(claim, { request, deviceClass }, found) && this.hasCapacity(request, found))
          all.push(found);
    }
    return { request, deviceClass, count: all.length, all };
  }

  private allocate(place: Place, start: Start): Step {
    this.steps += 1;
    const claim = this.claims[place.claim];
    if (claim === undefined) return 'found';
    const options = this.requests[place.claim]![place.request];
    if (options === undefined) {
      const step = this.allocate({ claim: place.claim + 1, request: 0, alternative: undefined, device: 0 }, BEGINNING);
      // With other alternatives a claim before this one may leave more room.
      return step === 'too many' ? 'none' : step;
    }
    const first = options[0]!;
    if (place.alternative === undefined && first.request.parent !== undefined) return this.tryAll(place, options);
    const data = options[place.alternative ?? 0]!;
    if (data.all?.length === 0) return 'none';
    if (place.device >= data.count)
      return this.allocate({ ...place, request: place.request + 1, alternative: undefined, device: 0 }, BEGINNING);
    if (this.chosen[place.claim]!.length + data.count - place.device > MOST_RESULTS) return 'too many';
    if (data.all !== undefined) {
      const giveBack = this.take(place, data, data.all[place.device]!, true);
      if (giveBack === undefined) return 'none';
      const step = this.allocate({ ...place, device: place.device + 1 }, BEGINNING);
      if (step !== 'found') giveBack();
      return step;
    }
    return this.tryDevices(place, data, start);
  }

  private tryAll(place: Place, options: readonly RequestData[]): Step {
    let isTooMany = true;
    for (const index of options.keys()) {
      const step = this.allocate({ ...place, alternative: index }, BEGINNING);
      if (step === 'too many') continue;
      isTooMany = false;
      if (step === 'found') {
        this.picked.set(`${place.claim}/${place.request}`, index);
        return 'found';
      }
    }
    return isTooMany ? 'too many' : 'none';
  }

  /** Tries the devices in their order, from `start` on: the devices of one request are a set, not a sequence. */
  private tryDevices(place: Place, data: RequestData, start: Start): Step {
    const { request } = data;
    for (let poolIndex = start.pool; poolIndex < this.pools.length; poolIndex++) {
      const pool = this.pools[poolIndex]!;
      if (pool.isIncomplete === true || pool.invalid !== undefined) continue;
      const isFirstPool = poolIndex === start.pool;
      for (let sliceIndex = isFirstPool ? start.slice : 0; sliceIndex < pool.slices.length; sliceIndex++) {
        const slice = pool.slices[sliceIndex]!;
        const devices = devicesOf(slice);
        const isFirstSlice = isFirstPool && sliceIndex === start.slice;
        for (let deviceIndex = isFirstSlice ? start.device : 0; deviceIndex < devices.length; deviceIndex++) {
          const found = foundDevice(pool, slice, devices[deviceIndex]!);
          if (this.isInUse(request, found.id, place.claim)) continue;
          if (!this.isSelectable(this.claims[place.claim]!, data, found)) continue;
          if (!this.hasCapacity(request, found)) continue;
          const giveBack = this.take(place, data, found, false);
          if (giveBack === undefined) continue;
          const next = { pool: poolIndex, slice: sliceIndex, device: deviceIndex + 1 };
          const step = this.allocate({ ...place, device: place.device + 1 }, next);
          if (step === 'found') return 'found';
          giveBack();
          if (step === 'too many') return step;
        }
      }
    }
    return 'none';
  }

  private isInUse({ isAdmin }: DeviceRequest, id: string, claim: number): boolean {
    const taken = this.taken.get(id);
    if (isAdmin) return taken?.has(claim) === true;
    return this.cluster.allocated.whole.has(id) || (taken?.size ?? 0) > 0;
  }

  private isSelectable(
    claim: KubernetesObject,
    { request, deviceClass }: Pick<RequestData, 'request' | 'deviceClass'>,
    { device, slice, pool }: FoundDevice,
  ): boolean {
    const waits = this.cluster.features.has('DRADeviceBindingConditions+DRAResourceClaimDeviceStatus');
    if (!waits && arrayAt(device, 'bindingConditions').length > 0) return false;
    const known = this.selectable.get(request) ?? new Map<JsonValue, boolean>();
    this.selectable.set(request, known);
    let isSelected = known.get(device);
    if (isSelected === undefined) {
      isSelected =
        matchesAll(arrayAt(deviceClass, 'spec', 'selectors'), device, pool, `class ${nameOf(deviceClass)}`) &&
        matchesAll(request.selectors, device, pool, `claim ${shownClaim(claim)}`) &&
        (booleanAt(slice, 'spec', 'perDeviceNodeSelection') !== true || nodeMatches(device, this.node));
      known.set(device, isSelected);
    }
    return isSelected;
  }

  private hasCapacity({ capacityRequests }: DeviceRequest, { id, device }: FoundDevice): boolean {
    if (!this.cluster.features.has('DRAConsumableCapacity')) return true;
    const allocated = this.cluster.allocated.shared.get(id) ?? NO_CAPACITIES;
    const allocating = (this.takenCapacity.get(id) ?? []).reduce(sumCapacities, NO_CAPACITIES);
    return fitsCapacity(device, capacityRequests, allocated, allocating);
  }

  /** Takes a device that is selectable; how to give it back, or undefined where it cannot be had. */
  private take(place: Place, data: RequestData, found: FoundDevice, isNeeded: boolean): (() => void) | undefined {
    const { request } = data;
    const { features } = this.cluster;
    const { id, device, pool } = found;
    const isShared = features.has('DRAConsumableCapacity') && booleanAt(device, 'allowMultipleAllocations') === true;
    if (!(isShared && request.isAdmin) && this.isInUse(request, id, place.claim)) return undefined;
    const consumesCounters = arrayAt(device, 'consumesCounters').length > 0;
    if (consumesCounters && !features.has('DRAPartitionableDevices')) return undefined;
    const isCounted =
      isShared && (this.cluster.allocated.shared.has(id) || (this.takenCapacity.get(id) ?? []).length > 0);
    if (consumesCounters && !isCounted && !this.counters.take(pool, device)) return undefined;
    if (features.has('DRADeviceTaints') && isTaintedFor(device, request.tolerations)) return undefined;
    const names = [request.parent ?? request.name, request.parent === undefined ? '' : request.name] as const;
    const constraints = this.constraints[place.claim]!;
    for (const [index, constraint] of constraints.entries()) {
      if (constraint.add(...names, pool.driver, device)) continue;
      if (isNeeded)
        throw new AllocationError(
          `claim ${shownClaim(this.claims[place.claim]!)}, request ${request.name}: cannot add device ${id} because a claim constraint would not be satisfied`,
        );
      for (const added of constraints.slice(0, index)) added.remove(...names);
      return undefined;
    }
    if (!this.hasCapacity(request, found)) return undefined;
    const taken = this.taken.get(id) ?? new Set<number>();
    this.taken.set(id, taken);
    if (!isShared) taken.add(place.claim);
    const consumed = isShared ? consumedCapacities(device, request.capacityRequests) : NO_CAPACITIES;
    const amounts = this.takenCapacity.get(id) ?? [];
    this.takenCapacity.set(id, amounts);
    if (isShared) amounts.push(consumed);
    const chosen = this.chosen[place.claim]!;
    chosen.push({ ...found, request, shared: isShared ? { consumed } : undefined });
    return () => {
      for (const constraint of constraints) constraint.remove(...names);
      taken.delete(place.claim);
      if (isShared) amounts.pop();
      else if (consumesCounters) this.counters.giveBack(pool, device);
      chosen.pop();
    };
  }
}

function foundDevice(pool: Pool, slice: KubernetesObject, device: JsonValue): FoundDevice {
  return { id: deviceIdOf(pool.driver, pool.name, stringAt(device, 'name') ?? ''), device, slice, pool };
}

function devicesIn(pool: Pool): readonly FoundDevice[] {
  return pool.slices.flatMap((slice) => devicesOf(slice).map((device) => foundDevice(pool, slice, device)));
}

function matchesAll(selectors: readonly JsonValue[], device: JsonValue, { driver }: Pool, whose: string): boolean {
  return selectors.every((selector, index) => {
    const expression = stringAt(valueAt(selector, 'cel'), 'expression') ?? '';
    const selection = matchesDeviceSelector(expression, { driver, device: asObject(device) ?? {} });
    if ('error' in selection) throw new AllocationError(`${whose}: selector #${index}: ${selection.error}`);
    return selection.matches;
  });
}
