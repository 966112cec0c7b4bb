import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { hasPodLevelRequests, isSidecar, podRequests } from '../../../apimachinery/pod-resources.ts';
import { milliValueOf, quantityOf } from '../../../apimachinery/quantity.ts';
import { arrayAt, stringAt, valueAt } from '../../../base/json.ts';
import type { Failure } from './pod-metrics.ts';

/**
 * What each Pod requests of a resource, in thousandths, by name: of one container, of the Pod as a whole where it says so,
 * or of all its containers.
 * Source: pkg/controller/podautoscaler/replica_calculator.go `calculateRequests`, 1.36.
 */
export function requestsOf(
  pods: readonly KubernetesObject[],
  container: string,
  resource: string,
): ReadonlyMap<string, bigint> | Failure {
  const requests = new Map<string, bigint>();
  for (const pod of pods) {
    const isWhole = container === '' && hasPodLevelRequests(pod);
    const request = isWhole ? wholeRequest(pod, resource) : containersRequest(pod, container, resource);
    if (typeof request === 'object') return request;
    requests.set(nameOf(pod), request);
  }
  return requests;
}

function wholeRequest(pod: KubernetesObject, resource: string): bigint | Failure {
  const request = podRequests(pod).get(resource);
  return request === undefined
    ? { failure: `missing pod-level request for ${resource} in Pod ${nameOf(pod)}` }
    : milliValueOf(request);
}

function containersRequest(pod: KubernetesObject, container: string, resource: string): bigint | Failure {
  const own = [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers').filter(isSidecar)];
  let sum = 0n;
  for (const one of own) {
    const name = stringAt(one, 'name') ?? '';
    if (container !== '' && container !== name) continue;
    const request = quantityOf(valueAt(one, 'resources', 'requests', resource));
    if (request === undefined)
      return { failure: `missing request for ${resource} in container ${name} of Pod ${nameOf(pod)}` };
    sum += milliValueOf(request);
    if (container === name) return sum;
  }
  return container === '' ? sum : { failure: `container ${container} not found in Pod ${nameOf(pod)}` };
}
