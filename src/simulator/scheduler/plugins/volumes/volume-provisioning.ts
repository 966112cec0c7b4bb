import { matchesLabels, parseLabelSelector } from '../../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import { compareQuantities, quantityOf } from '../../../../apimachinery/quantity.ts';
import { arrayAt, booleanAt, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import { classNameOf, requestsStorage } from './pod-claims.ts';
import { requestedStorage } from './volume-matching.ts';

/** Whether a volume can be made for a claim where the Node can reach it; `error` says what is wrong with the claim. */
export type Provisioning = 'possible' | 'impossible' | 'no space' | { readonly error: string };

export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** Source: pkg/scheduler/framework/plugins/volumebinding/binder.go `checkVolumeProvisions`, 1.36. */
export function provisioningOf(claim: KubernetesObject, node: NodeInfo, snapshot: Snapshot): Provisioning {
  const className = classNameOf(claim);
  const key = `${stringAt(claim, 'metadata', 'namespace') ?? ''}/${nameOf(claim)}`;
  if (className === '') return { error: `no class for claim "${key}"` };
  const storageClass = snapshot.get('storageclasses', className);
  if (storageClass === undefined) return { error: `failed to find storage class "${className}"` };
  const provisioner = stringAt(storageClass, 'provisioner') ?? '';
  if (provisioner === '' || provisioner === NO_PROVISIONER || !isAllowed(storageClass, node)) return 'impossible';
  return hasEnoughCapacity(claim, className, provisioner, node, snapshot) ? 'possible' : 'no space';
}

/** Source: pkg/apis/core/v1/helper/helpers.go `MatchTopologySelectorTerms`, 1.36. */
function isAllowed(storageClass: KubernetesObject, { labels }: NodeInfo): boolean {
  const terms = arrayAt(storageClass, 'allowedTopologies');
  if (terms.length === 0) return true;
  return terms.some((term) => {
    const expressions = arrayAt(term, 'matchLabelExpressions');
    return (
      expressions.length > 0 &&
      expressions.every((expression) => {
        const value = labels.get(stringAt(expression, 'key') ?? '');
        return value !== undefined && arrayAt(expression, 'values').includes(value);
      })
    );
  });
}

/** Drivers that publish how much they have left are believed. */
function hasEnoughCapacity(
  claim: KubernetesObject,
  className: string,
  provisioner: string,
  { labels }: NodeInfo,
  snapshot: Snapshot,
): boolean {
  if (!requestsStorage(claim)) return true;
  const driver = snapshot.get('csidrivers', provisioner);
  if (driver === undefined || booleanAt(driver, 'spec', 'storageCapacity') !== true) return true;
  const wanted = requestedStorage(claim);
  return snapshot
    .view('csistoragecapacities')
    .list()
    .some((capacity) => {
      if (stringAt(capacity, 'storageClassName') !== className) return false;
      const limit = quantityOf(valueAt(capacity, 'maximumVolumeSize') ?? valueAt(capacity, 'capacity'));
      if (limit === undefined || compareQuantities(limit, wanted) < 0) return false;
      const topology = objectAt(capacity, 'nodeTopology');
      return topology !== undefined && matchesLabels(parseLabelSelector(topology), labels);
    });
}
