import type { KubernetesObject } from '../../apimachinery/object.ts';
import { compareQuantities, makeQuantity, quantityOf, roundUpQuantity } from '../../apimachinery/quantity.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import { nameAt, valueAt } from '../../base/json.ts';
import { claimClassOf } from '../persistent-volume-claim-resize.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';
import { objectCountName } from './resource-names.ts';
import { meetsScope } from './scopes.ts';

/**
 * Claims, what they ask for, and both by storage class.
 * Source: pkg/quota/v1/evaluator/core/persistent_volume_claims.go, 1.36.
 */
export const claimEvaluator: QuotaEvaluator = {
  resource: 'persistentvolumeclaims',
  handles({ operation, subresource }) {
    if (subresource === 'status') return operation === 'UPDATE';
    return subresource === '' && (operation === 'CREATE' || operation === 'UPDATE');
  },
  matchingResources: (names) =>
    names.filter(
      (name) =>
        name === COUNT || RESOURCES.some((resource) => name === resource || name.endsWith(CLASS_SUFFIX + resource)),
    ),
  isInScope: (scope, claim) =>
    scope.scopeName === 'VolumeAttributesClass' && meetsScope(scope, attributesClassesOf(claim)),
  usage(claim) {
    const usage = new Map<string, Quantity>([
      [CLAIMS, ONE],
      [COUNT, ONE],
    ]);
    const className = claimClassOf(claim);
    const storage = storageOf(claim);
    if (className !== '') usage.set(className + CLASS_SUFFIX + CLAIMS, ONE);
    if (storage !== undefined) usage.set(STORAGE, storage);
    if (storage !== undefined && className !== '') usage.set(className + CLASS_SUFFIX + STORAGE, storage);
    return usage;
  },
};

const COUNT = objectCountName('persistentvolumeclaims');
const CLAIMS = 'persistentvolumeclaims';
const STORAGE = 'requests.storage';
const RESOURCES = [CLAIMS, STORAGE];
const CLASS_SUFFIX = '.storageclass.storage.k8s.io/';
const ONE = makeQuantity(1n);

/** What is asked for, or what was given while an expansion is taken back, in whole bytes. */
function storageOf(claim: KubernetesObject): Quantity | undefined {
  const asked = quantityOf(valueAt(claim, 'spec', 'resources', 'requests', 'storage'));
  if (asked === undefined) return undefined;
  const given = quantityOf(valueAt(claim, 'status', 'allocatedResources', 'storage'));
  const most = given !== undefined && compareQuantities(given, roundUpQuantity(asked, 0).quantity) > 0 ? given : asked;
  return roundUpQuantity(most, 0).quantity;
}

function attributesClassesOf(claim: KubernetesObject): ReadonlySet<string> {
  const names = [
    nameAt(claim, 'spec', 'volumeAttributesClassName'),
    nameAt(claim, 'status', 'currentVolumeAttributesClassName'),
    nameAt(claim, 'status', 'modifyVolumeStatus', 'targetVolumeAttributesClassName'),
  ];
  return new Set(names.filter((name) => name !== undefined));
}
