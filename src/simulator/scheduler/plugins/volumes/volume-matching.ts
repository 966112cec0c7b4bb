import { parseLabelSelector, selectsObject } from '../../../../apimachinery/label-selector.ts';
import { matchesNodeSelector, parseNodeSelector } from '../../../../apimachinery/node-selector.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../../apimachinery/object.ts';
import { compareQuantities, makeQuantity, quantityOf } from '../../../../apimachinery/quantity.ts';
import type { Quantity } from '../../../../apimachinery/quantity.ts';
import { arrayAt, nameAt, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import type { NodeInfo } from '../../node-info.ts';
import { classNameOf } from './pod-claims.ts';

/** Source: staging/src/k8s.io/component-helpers/storage/volume/helpers.go `CheckNodeAffinity`, 1.36. */
export function isReachable(volume: KubernetesObject, { labels }: Pick<NodeInfo, 'labels'>): boolean {
  const required = objectAt(volume, 'spec', 'nodeAffinity', 'required');
  return required === undefined || matchesNodeSelector(parseNodeSelector(required), { name: '', labels });
}

export function isReachableFrom(volume: KubernetesObject, node: KubernetesObject): boolean {
  return isReachable(volume, { labels: labelsOf(node) });
}

const NOTHING: Quantity = makeQuantity(0n, '');

/** What a claim asks for, in bytes. */
export function requestedStorage(claim: KubernetesObject): Quantity {
  return quantityOf(valueAt(claim, 'spec', 'resources', 'requests', 'storage')) ?? NOTHING;
}

/**
 * The smallest volume that a claim can be bound to when its Pod comes to the Node; the volume that is kept for the claim, if
 * there is one. Source: staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go `FindMatchingVolume`, 1.36.
 */
export function findMatchingVolume(
  claim: KubernetesObject,
  volumes: readonly KubernetesObject[],
  node: NodeInfo,
  taken: ReadonlySet<string>,
): KubernetesObject | undefined {
  const requested = requestedStorage(claim);
  const className = classNameOf(claim);
  const selects = objectAt(claim, 'spec', 'selector');
  const selector = selects && parseLabelSelector(selects);
  let [smallest, smallestSize]: [KubernetesObject | undefined, Quantity] = [undefined, NOTHING];
  for (const volume of volumes) {
    const isKept = isKeptFor(volume, claim);
    if (taken.has(nameOf(volume)) || (objectAt(volume, 'spec', 'claimRef') !== undefined && !isKept)) continue;
    const size = quantityOf(valueAt(volume, 'spec', 'capacity', 'storage')) ?? NOTHING;
    if (compareQuantities(size, requested) < 0 || !isAlike(claim, volume)) continue;
    if (stringAt(volume, 'metadata', 'deletionTimestamp') !== undefined) continue;
    if (isKept) return isReachable(volume, node) ? volume : undefined;
    if (stringAt(volume, 'status', 'phase') !== 'Available' || classNameOf(volume) !== className) continue;
    if (selector !== undefined && !selectsObject(selector, volume)) continue;
    if (!isReachable(volume, node) || !allowsModes(claim, volume)) continue;
    if (smallest === undefined || compareQuantities(smallestSize, size) > 0) [smallest, smallestSize] = [volume, size];
  }
  return smallest;
}

function isKeptFor(volume: KubernetesObject, claim: KubernetesObject): boolean {
  const reference = objectAt(volume, 'spec', 'claimRef');
  if (reference === undefined) return false;
  const same = (field: string) => stringAt(reference, field) === stringAt(claim, 'metadata', field);
  return same('name') && same('namespace') && (nameAt(reference, 'uid') === undefined || same('uid'));
}

/** File system or block device, and the same class of attributes. */
function isAlike(claim: KubernetesObject, volume: KubernetesObject): boolean {
  return modeOf(claim) === modeOf(volume) && attributesOf(claim) === attributesOf(volume);
}

function modeOf(object: KubernetesObject): string {
  return stringAt(object, 'spec', 'volumeMode') ?? 'Filesystem';
}

function attributesOf(object: KubernetesObject): string {
  return stringAt(object, 'spec', 'volumeAttributesClassName') ?? '';
}

function allowsModes(claim: KubernetesObject, volume: KubernetesObject): boolean {
  const allowed = arrayAt(volume, 'spec', 'accessModes');
  return arrayAt(claim, 'spec', 'accessModes').every((mode) => allowed.includes(mode));
}
