import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { formatQuantity } from '../../../apimachinery/quantity.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, asString, booleanAt, jsonEqual, nameAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { AllocationError } from './allocation-error.ts';
import type { RequestData } from './device-request.ts';
import { shownClaim } from './device-request.ts';
import type { DeviceFeature } from './feature.ts';
import type { ChosenDevice } from './found-device.ts';

/**
 * `status.allocation` of a claim; `requests` are its requests, of each that has alternatives the one that was taken.
 * Source: structured/internal/incubating/allocator_incubating.go `Allocate`, `createNodeSelector`, 1.36.
 */
export function allocationResult(
  claim: KubernetesObject,
  chosen: readonly ChosenDevice[],
  requests: readonly RequestData[],
  nodeName: string,
  features: ReadonlySet<DeviceFeature>,
): JsonObject {
  const config = configOf(claim, requests);
  const nodeSelector = nodeSelectorOf(claim, chosen, nodeName);
  return {
    devices: {
      ...(chosen.length === 0
        ? {}
        : { results: chosen.map((device, index) => resultOf(claim, device, index, features)) }),
      ...(config.length === 0 ? {} : { config }),
    },
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
  };
}

function resultOf(
  claim: KubernetesObject,
  { request, pool, device, shared }: ChosenDevice,
  index: number,
  features: ReadonlySet<DeviceFeature>,
): JsonObject {
  const conditions = arrayAt(device, 'bindingConditions');
  const failures = arrayAt(device, 'bindingFailureConditions');
  const waits = features.has('DRADeviceBindingConditions+DRAResourceClaimDeviceStatus');
  const consumed = [...(shared?.consumed ?? [])].map(([name, amount]) => [name, formatQuantity(amount)] as const);
  return {
    request: request.fullName,
    driver: pool.driver,
    pool: pool.name,
    device: stringAt(device, 'name') ?? '',
    ...(request.isAdmin ? { adminAccess: true } : {}),
    ...(request.tolerations.length === 0 ? {} : { tolerations: request.tolerations }),
    ...(waits && conditions.length > 0 ? { bindingConditions: conditions } : {}),
    ...(waits && failures.length > 0 ? { bindingFailureConditions: failures } : {}),
    ...(shared === undefined ? {} : { shareID: shareIdOf(claim, index) }),
    ...(consumed.length === 0 ? {} : { consumedCapacity: Object.fromEntries(consumed) }),
  };
}

/** Upstream draws a UUID; here it is the claim's with the number of the result, so that a search draws nothing. */
function shareIdOf(claim: KubernetesObject, index: number): string {
  const uid = (nameAt(claim, 'metadata', 'uid') ?? '').padEnd(36, '0');
  return `${uid.slice(0, 34)}${index.toString(16).padStart(2, '0')}`;
}

function configOf(claim: KubernetesObject, requests: readonly RequestData[]): readonly JsonObject[] {
  const ofClasses = new Map<string, string[]>();
  const config: JsonObject[] = [];
  for (const { request, deviceClass } of requests) {
    const name = nameOf(deviceClass);
    const names = ofClasses.get(name);
    if (names !== undefined) {
      names.push(request.fullName);
      continue;
    }
    const own = [request.fullName];
    ofClasses.set(name, own);
    for (const entry of arrayAt(deviceClass, 'spec', 'config'))
      config.push({ source: 'FromClass', requests: own, ...objectAt(entry) });
  }
  for (const entry of arrayAt(claim, 'spec', 'devices', 'config')) {
    const names = arrayAt(entry, 'requests').flatMap((name) => asString(name) ?? []);
    const times =
      names.length === 0
        ? 1
        : requests.filter(
            ({ request }) => names.includes(request.parent ?? request.name) || names.includes(request.fullName),
          ).length;
    for (let at = 0; at < times; at++) config.push({ source: 'FromClaim', ...objectAt(entry) });
  }
  return config;
}

const LISTS = ['matchFields', 'matchExpressions'] as const;

/** The Node where a device is of one Node, what the slices say of their Nodes else; undefined where all Nodes can reach. */
function nodeSelectorOf(
  claim: KubernetesObject,
  chosen: readonly ChosenDevice[],
  nodeName: string,
): JsonObject | undefined {
  const term: Record<(typeof LISTS)[number], JsonValue[]> = { matchFields: [], matchExpressions: [] };
  for (const { slice, device } of chosen) {
    const place = booleanAt(slice, 'spec', 'perDeviceNodeSelection') === true ? device : objectAt(slice, 'spec');
    if (valueAt(place, 'nodeName') !== undefined || booleanAt(device, 'bindsToNode') === true)
      return { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] }] };
    const terms = arrayAt(place, 'nodeSelector', 'nodeSelectorTerms');
    if (terms.length > 1)
      throw new AllocationError(
        `create NodeSelector for claim ${shownClaim(claim)}: unsupported ResourceSlice.NodeSelector with ${terms.length} terms`,
      );
    for (const list of LISTS)
      for (const requirement of arrayAt(terms[0], list))
        if (!term[list].some((own) => isSameRequirement(own, requirement))) term[list].push(requirement);
  }
  const filled = LISTS.filter((list) => term[list].length > 0);
  if (filled.length === 0) return undefined;
  return { nodeSelectorTerms: [Object.fromEntries(filled.map((list) => [list, term[list]]))] };
}

function isSameRequirement(a: JsonValue, b: JsonValue): boolean {
  const values = (requirement: JsonValue) =>
    [...new Set(arrayAt(requirement, 'values').flatMap((value) => asString(value) ?? []))].sort();
  return (
    stringAt(a, 'key') === stringAt(b, 'key') &&
    stringAt(a, 'operator') === stringAt(b, 'operator') &&
    jsonEqual(values(a), values(b))
  );
}
