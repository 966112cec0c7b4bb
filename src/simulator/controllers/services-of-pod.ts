import { labelSelectorFromMap, selectsObject } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { jsonEqual, objectAt, valueAt } from '../../base/json.ts';
import type { View } from '../client/view.ts';
import type { WatchEvent } from '../messages.ts';
import { isReady } from './workload/pod-state.ts';

/**
 * Services whose endpoints a change of a Pod may change, as keys: those that select it, or did.
 * Source: staging/src/k8s.io/endpointslice/util/controller_utils.go `GetServicesToUpdateOnPodChange`, 1.36.
 */
export function servicesOfPod({ object, old, type }: WatchEvent, services: View): readonly string[] {
  const isUpdate = old !== undefined && type === 'MODIFIED';
  const labelsDiffer = isUpdate && !jsonEqual(labelsAndNames(object), labelsAndNames(old));
  if (isUpdate && !labelsDiffer && !endpointDiffers(object, old)) return [];
  const pods = labelsDiffer ? [object, old] : [object];
  return services
    .list(namespaceOf(object))
    .filter((service) => {
      const selector = objectAt(service, 'spec', 'selector');
      if (selector === undefined || Object.keys(selector).length === 0) return false;
      const chosen = labelSelectorFromMap(selector);
      return pods.some((pod) => selectsObject(chosen, pod));
    })
    .map((service) => `${namespaceOf(service) ?? ''}/${nameOf(service)}`);
}

function labelsAndNames(pod: KubernetesObject): object {
  const { hostname, subdomain } = objectAt(pod, 'spec') ?? {};
  return [valueAt(pod, 'metadata', 'labels') ?? null, hostname ?? null, subdomain ?? null];
}

/** Source: `podEndpointsChanged`, 1.36. */
function endpointDiffers(pod: KubernetesObject, old: KubernetesObject): boolean {
  return (
    FIELDS.some((path) => !jsonEqual(valueAt(pod, ...path), valueAt(old, ...path))) || isReady(pod) !== isReady(old)
  );
}

const FIELDS = [
  ['metadata', 'deletionTimestamp'],
  ['spec', 'nodeName'],
  ['status', 'podIP'],
  ['status', 'podIPs'],
  ['status', 'phase'],
] as const;
