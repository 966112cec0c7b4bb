import { parseLabelSelector, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import type { Quantity } from '../../../apimachinery/quantity.ts';
import { compareQuantities, makeQuantity, quantityOf, valueOf } from '../../../apimachinery/quantity.ts';
import { asString, arrayAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { attributesClassOf, classOf, isBoundTo, modeOf } from './claim-facts.ts';

const NOTHING: Quantity = makeQuantity(0n);

function requestedBy(claim: KubernetesObject): Quantity {
  return quantityOf(valueAt(claim, 'spec', 'resources', 'requests', 'storage')) ?? NOTHING;
}

export function capacityOf(volume: KubernetesObject): Quantity {
  return quantityOf(valueAt(volume, 'spec', 'capacity', 'storage')) ?? NOTHING;
}

/** Why a volume that a claim names cannot be its; undefined where it can. Source: pv_controller.go `checkVolumeSatisfyClaim`, 1.36. */
export function volumeProblem(volume: KubernetesObject, claim: KubernetesObject): string | undefined {
  if (isBeingDeleted(volume)) return `the volume is marked for deletion "${nameOf(volume)}"`;
  if (valueOf(capacityOf(volume)) < valueOf(requestedBy(claim))) return 'requested PV is too small';
  if (classOf(volume) !== classOf(claim)) return 'storageClassName does not match';
  if (attributesClassOf(volume) !== attributesClassOf(claim)) return 'volumeAttributesClassName does not match';
  if (modeOf(volume) !== modeOf(claim)) return 'incompatible volumeMode';
  return allowsModes(volume, claim) ? undefined : 'incompatible accessMode';
}

function allowsModes(volume: KubernetesObject, claim: KubernetesObject): boolean {
  const allowed = arrayAt(volume, 'spec', 'accessModes');
  return arrayAt(claim, 'spec', 'accessModes').every((mode) => allowed.includes(mode));
}

/**
 * The volume for a claim: of those that allow no more ways of access than another that fits, the one that is kept for it,
 * else the smallest that is large enough. A claim that waits for its Pod gets only what is kept for it.
 * Source: pkg/controller/volume/persistentvolume/index.go `findByClaim` and component-helpers `FindMatchingVolume`, 1.36.
 */
export function bestMatch(
  claim: KubernetesObject,
  volumes: readonly KubernetesObject[],
  isDelayed: boolean,
): KubernetesObject | undefined {
  const groups = new Map<string, KubernetesObject[]>();
  for (const volume of volumes) {
    if (!allowsModes(volume, claim)) continue;
    const modes = accessModes(volume);
    const group = groups.get(modes.join(','));
    if (group === undefined) groups.set(modes.join(','), [volume]);
    else group.push(volume);
  }
  // The fewest modes first; those of equal number by name, where upstream takes them as its map gives them.
  const sorted = [...groups].sort(([a], [b]) => a.split(',').length - b.split(',').length || (a < b ? -1 : 1));
  for (const [, group] of sorted) {
    const found = matchIn(claim, group, isDelayed);
    if (found !== undefined) return found;
  }
  return undefined;
}

const SHORT_MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

function accessModes(volume: KubernetesObject): readonly string[] {
  const modes = new Set(arrayAt(volume, 'spec', 'accessModes').map((mode) => asString(mode) ?? ''));
  return Object.entries(SHORT_MODES).flatMap(([mode, short]) => (modes.has(mode) ? [short] : []));
}

function matchIn(
  claim: KubernetesObject,
  volumes: readonly KubernetesObject[],
  isDelayed: boolean,
): KubernetesObject | undefined {
  const requested = requestedBy(claim);
  const selects = objectAt(claim, 'spec', 'selector');
  const selector = selects === undefined ? undefined : parseLabelSelector(selects);
  let smallest: KubernetesObject | undefined;
  for (const volume of volumes) {
    const isKept = isBoundTo(volume, claim);
    if (objectAt(volume, 'spec', 'claimRef') !== undefined && !isKept) continue;
    const size = capacityOf(volume);
    if (compareQuantities(size, requested) < 0 || modeOf(volume) !== modeOf(claim)) continue;
    if (attributesClassOf(volume) !== attributesClassOf(claim) || isBeingDeleted(volume)) continue;
    if (isKept) return volume;
    if (isDelayed || stringAt(volume, 'status', 'phase') !== 'Available') continue;
    if (selector !== undefined && !selectsObject(selector, volume)) continue;
    if (classOf(volume) !== classOf(claim)) continue;
    if (smallest === undefined || compareQuantities(capacityOf(smallest), size) > 0) smallest = volume;
  }
  return smallest;
}
