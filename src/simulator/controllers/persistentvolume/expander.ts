import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { nameAt, stringAt } from '../../../base/json.ts';
import type { Controller } from '../controller.ts';
import { CLAIMS, VOLUMES } from '../resources.ts';
import { isLessThanAsked, isMoreAsked } from './claim-size.ts';

/**
 * Notices claims that ask for more than they have. No plugin inside Kubernetes makes volumes larger any more: it says that
 * somebody else has to. Source: pkg/controller/volume/expand/expand_controller.go, 1.36.
 */
export const expander: Controller = {
  name: 'persistentvolume-expander-controller',
  account: 'expand-controller',
  reportsAs: 'volume_expand',
  workers: 10,
  watches: [
    {
      resource: CLAIMS,
      keysOf({ key, object, old, type }) {
        if (type === 'DELETED' || (old !== undefined && !isMoreAsked(old, object))) return [];
        return stringAt(object, 'status', 'phase') === 'Bound' ? [key] : [];
      },
    },
    { resource: VOLUMES, keysOf: () => [] },
  ],
  reconcile(context, key) {
    const claim = context.view(CLAIMS).getKey(key);
    const volume = claim && context.view(VOLUMES).getKey(nameAt(claim, 'spec', 'volumeName') ?? '');
    if (claim === undefined || volume === undefined || !isFor(volume, claim) || !isLessThanAsked(claim)) return;
    context.event(claim, 'Normal', 'ExternalExpanding', 'waiting for an external controller to expand this PVC');
  },
};

/** Whether a volume is bound to a claim, and to none of the same name before it. */
export function isFor(volume: KubernetesObject, claim: KubernetesObject): boolean {
  return nameAt(volume, 'spec', 'claimRef', 'uid') === uidOf(claim);
}
