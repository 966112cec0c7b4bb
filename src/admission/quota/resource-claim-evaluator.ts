import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../apimachinery/object.ts';
import { controllerOf, uidOf } from '../../apimachinery/owner-reference.ts';
import {
  ZERO,
  addQuantities,
  compareQuantities,
  makeQuantity,
  maxQuantity,
  signOfQuantity,
  subtractQuantities,
} from '../../apimachinery/quantity.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import type { ResourceList } from '../../apimachinery/resource-list.ts';
import { NO_RESOURCES } from '../../apimachinery/resource-list.ts';
import { parseTime } from '../../apimachinery/time.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { ClusterView } from '../cluster-view.ts';
import { podUsage } from './pod-evaluator.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';
import { DEVICE_CLASS_PREFIX, REQUESTS_PREFIX, isExtendedResourceForQuota, objectCountName } from './resource-names.ts';

/**
 * Claims, and the devices they ask for by class: the most that may be given.
 * Source: pkg/quota/v1/evaluator/core/resource_claims.go, 1.36.
 */
export const resourceClaimEvaluator: QuotaEvaluator = {
  resource: 'resourceclaims.resource.k8s.io',
  handles: ({ operation, subresource }) => subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  matchingResources(names, cluster) {
    const classes = cluster.list(DEVICE_CLASS, '');
    return names.filter((name) => {
      if (name === COUNT || name.endsWith(DEVICES_SUFFIX)) return true;
      if (!isExtendedResourceForQuota(name)) return false;
      const resource = name.slice(REQUESTS_PREFIX.length);
      return classes.some(
        (found) => extendedResourceOf(found) === resource || DEVICE_CLASS_PREFIX + nameOf(found) === resource,
      );
    });
  },
  usage(claim, cluster) {
    const usage = new Map<string, Quantity>([[COUNT, makeQuantity(1n)]]);
    for (const request of arrayAt(claim, 'spec', 'devices', 'requests')) {
      for (const [name, quantity] of mostByClass(request)) {
        usage.set(name, addQuantities(usage.get(name) ?? ZERO, quantity));
      }
    }
    return new Map([...usage, ...extendedUsage(usage, usageOfPodOf(claim, cluster), cluster)]);
  },
};

const DEVICE_CLASS = { group: 'resource.k8s.io', kind: 'DeviceClass' };
const RESOURCE_CLAIM = { group: 'resource.k8s.io', kind: 'ResourceClaim' };
const COUNT = objectCountName('resourceclaims.resource.k8s.io');
const DEVICES_SUFFIX = '.deviceclass.resource.k8s.io/devices';
/** `AllocationResultsMaxSize`: all devices are never more than these. */
const MOST_DEVICES = 32n;

function mostByClass(request: JsonValue): ResourceList {
  const alternatives = arrayAt(request, 'firstAvailable');
  const exactly = objectAt(request, 'exactly');
  const choices = alternatives.length > 0 ? alternatives : exactly === undefined ? [] : [exactly];
  const most = new Map<string, Quantity>();
  for (const choice of choices) {
    const name = `${stringAt(choice, 'deviceClassName') ?? ''}${DEVICES_SUFFIX}`;
    const devices = makeQuantity(devicesOf(choice));
    const before = most.get(name);
    // One that asks for nothing is told only where it is the sole choice.
    if (before === undefined && alternatives.length > 0 && signOfQuantity(devices) === 0) continue;
    most.set(name, before === undefined ? devices : maxQuantity(before, devices));
  }
  return most;
}

function devicesOf(choice: JsonValue): bigint {
  const mode = stringAt(choice, 'allocationMode');
  if (mode === 'All') return MOST_DEVICES;
  const count = mode === 'ExactCount' ? valueAt(choice, 'count') : undefined;
  return typeof count === 'bigint' || Number.isInteger(count) ? BigInt(count as number | bigint) : 0n;
}

function extendedResourceOf(deviceClass: KubernetesObject): string | undefined {
  return nameAt(deviceClass, 'spec', 'extendedResourceName');
}

/** Devices by the extended resources that stand for their classes, less what the Pod of the claim is charged for. */
function extendedUsage(usage: ResourceList, podCharge: ResourceList, cluster: ClusterView): ResourceList {
  const extended = new Map<string, Quantity>();
  for (const [name, quantity] of usage) {
    if (!name.endsWith(DEVICES_SUFFIX) || name === DEVICES_SUFFIX) continue;
    const className = name.slice(0, -DEVICES_SUFFIX.length);
    extended.set(REQUESTS_PREFIX + DEVICE_CLASS_PREFIX + className, quantity);
    const found = cluster.get(DEVICE_CLASS, '', className);
    const resource = found === undefined ? undefined : extendedResourceOf(found);
    if (resource !== undefined) extended.set(REQUESTS_PREFIX + resource, quantity);
  }
  const left = [...extended].map(([name, quantity]) => {
    const charged = podCharge.get(name);
    return [name, charged === undefined ? quantity : subtractQuantities(quantity, charged)] as const;
  });
  return new Map(left.filter(([, quantity]) => compareQuantities(quantity, ZERO) > 0));
}

/** What the Pod is charged for which the scheduler made a claim; nothing for any other claim. `getVerifiedPodUsage`. */
function usageOfPodOf(claim: KubernetesObject, cluster: ClusterView): ResourceList {
  const owner = podOwnerOf(claim);
  if (owner === undefined) return NO_RESOURCES;
  const namespace = nameAt(claim, 'metadata', 'namespace') ?? '';
  const pod = cluster.get({ group: '', kind: 'Pod' }, namespace, owner.name);
  if (pod === undefined || uidOf(pod) !== owner.uid) return NO_RESOURCES;
  const told = objectAt(pod, 'status', 'extendedResourceClaimStatus');
  const isMeant =
    told === undefined
      ? isFirstOf(owner.uid, claim, namespace, cluster)
      : stringAt(told, 'resourceClaimName') === nameOf(claim);
  return isMeant ? podUsage(pod, cluster) : NO_RESOURCES;
}

function podOwnerOf(claim: KubernetesObject) {
  if (annotationsOf(claim).get('resource.kubernetes.io/extended-resource-claim') !== 'true') return undefined;
  const owner = controllerOf(claim);
  return owner?.kind === 'Pod' && owner.apiVersion === 'v1' ? owner : undefined;
}

function isFirstOf(uid: string, claim: KubernetesObject, namespace: string, cluster: ClusterView): boolean {
  return cluster
    .list(RESOURCE_CLAIM, namespace)
    .filter((other) => podOwnerOf(other)?.uid === uid)
    .every((other) => {
      const [theirs, ours] = [createdAt(other), createdAt(claim)];
      return theirs > ours || (theirs === ours && nameOf(other) >= nameOf(claim));
    });
}

function createdAt(object: KubernetesObject): bigint {
  return parseTime(stringAt(object, 'metadata', 'creationTimestamp') ?? '') ?? 0n;
}
