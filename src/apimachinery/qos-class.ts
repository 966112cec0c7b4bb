import type { JsonValue } from '../base/json.ts';
import { arrayAt, isJsonObject, nameAt, valueAt } from '../base/json.ts';
import { signOfQuantity } from './quantity.ts';
import { addResources, resourceListOf, sameResources } from './resource-list.ts';
import type { ResourceList } from './resource-list.ts';

/** Which Pods the kubelet evicts first, and the kernel kills first: BestEffort, then Burstable. */
export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

/** The class that a Pod's status tells, or the one that it comes to. */
export function qosClassOf(pod: JsonValue): QosClass {
  const told = nameAt(pod, 'status', 'qosClass');
  if (told === 'Guaranteed' || told === 'Burstable' || told === 'BestEffort') return told;
  return computeQosClass(pod);
}

/**
 * The class that a Pod's requests and limits of cpu and memory come to. Pod-level resources, where there are any, decide
 * alone; ephemeral containers never count.
 * Source: pkg/apis/core/v1/helper/qos/qos.go, 1.36.
 */
export function computeQosClass(pod: JsonValue): QosClass {
  const podLevel = valueAt(pod, 'spec', 'resources');
  const resources = isJsonObject(podLevel)
    ? [podLevel]
    : [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers')].map((container) =>
        valueAt(container, 'resources'),
      );
  const requests = resources.map((entry) => counted(valueAt(entry, 'requests')));
  const limits = resources.map((entry) => counted(valueAt(entry, 'limits')));
  const requested = addResources(...requests);
  const limited = addResources(...limits);
  if (requested.size === 0 && limited.size === 0) return 'BestEffort';
  const bothLimited = limits.every((list) => list.size === 2);
  return bothLimited && sameResources(requested, limited) ? 'Guaranteed' : 'Burstable';
}

/** What is more than nothing of cpu and memory. */
function counted(value: JsonValue | undefined): ResourceList {
  const entries = [...resourceListOf(value)];
  return new Map(
    entries.filter(([name, amount]) => (name === 'cpu' || name === 'memory') && signOfQuantity(amount) > 0),
  );
}
