import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted } from '../../apimachinery/object.ts';
import { arrayAt, jsonEqual, stringAt, valueAt } from '../../base/json.ts';

/**
 * When the load balancer of a Service is made, changed and deleted.
 * Source: staging/src/k8s.io/cloud-provider/controllers/service/controller.go, 1.36.
 */

/** Source: staging/src/k8s.io/cloud-provider/service/helpers/helper.go `LoadBalancerCleanupFinalizer`, 1.36. */
export const BALANCER_FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

/** Whether the cloud is to give it one: another implementation may be named by a class. */
export function wantsBalancer(service: KubernetesObject): boolean {
  return (
    stringAt(service, 'spec', 'type') === 'LoadBalancer' &&
    (valueAt(service, 'spec', 'loadBalancerClass') ?? null) === null
  );
}

/** Whether something in a design asks for a cloud: a Service that wants a load balancer. */
export function asksForBalancer(objects: readonly KubernetesObject[]): boolean {
  return objects.some((object) => object.kind === 'Service' && object.apiVersion === 'v1' && wantsBalancer(object));
}

export function hasFinalizer(service: KubernetesObject): boolean {
  return arrayAt(service, 'metadata', 'finalizers').includes(BALANCER_FINALIZER);
}

/** Whether it has or had one that must go. */
export function needsCleanup(service: KubernetesObject): boolean {
  if (!hasFinalizer(service)) return false;
  return isBeingDeleted(service) || stringAt(service, 'spec', 'type') !== 'LoadBalancer';
}

/** Fields of a Service that its load balancer depends on, each by its path. */
const FIELDS = [
  ['spec', 'loadBalancerSourceRanges'],
  ['spec', 'ports'],
  ['spec', 'sessionAffinity'],
  ['spec', 'sessionAffinityConfig'],
  ['spec', 'loadBalancerIP'],
  ['spec', 'externalIPs'],
  ['metadata', 'uid'],
  ['spec', 'externalTrafficPolicy'],
  ['spec', 'healthCheckNodePort'],
] as const;

/** Whether a change of a Service is one for its load balancer. */
export function needsUpdate(before: KubernetesObject, after: KubernetesObject): boolean {
  if (!wantsBalancer(before) && !wantsBalancer(after)) return false;
  if (wantsBalancer(before) !== wantsBalancer(after)) return true;
  if (FIELDS.some((path) => !jsonEqual(valueAt(before, ...path) ?? null, valueAt(after, ...path) ?? null))) return true;
  if (!jsonEqual([...annotationsOf(before)], [...annotationsOf(after)])) return true;
  return arrayAt(before, 'spec', 'ipFamilies').length !== arrayAt(after, 'spec', 'ipFamilies').length;
}
