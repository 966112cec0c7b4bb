import { labelSelectorFromMap, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { rememberPair } from '../../../base/remember-pair.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, valueAt } from '../../../base/json.ts';
import type { AddressType } from './endpoint.ts';
import { endpointOf, endpointPorts, isInEndpoints } from './endpoint.ts';

/** What one Pod is to one Service. */
interface PodFacts {
  readonly portsKey: string;
  readonly ports: readonly JsonObject[];
  /** The Node with which the endpoint was worked out. */
  readonly node: KubernetesObject | undefined;
  readonly type: AddressType;
  /** Undefined where the Pod has no address of the type. */
  readonly endpoint: JsonObject | undefined;
}

/**
 * What the Pods of a namespace are to a Service. A Service with a thousand Pods is synced a thousand times while they
 * start, and from one sync to the next a few Pods change: objects are immutable, so what was worked out of the others
 * holds still.
 */
export class ServicePods {
  private readonly service: KubernetesObject;
  private readonly selector: LabelSelector;
  private readonly facts = new WeakMap<KubernetesObject, PodFacts>();

  private constructor(service: KubernetesObject) {
    this.service = service;
    this.selector = labelSelectorFromMap(valueAt(service, 'spec', 'selector'));
  }

  static of(service: KubernetesObject): ServicePods {
    let pods = known.get(service);
    if (pods === undefined) known.set(service, (pods = new ServicePods(service)));
    return pods;
  }

  /** Whether the Service selects the Pod, and the Pod has a place among its endpoints. */
  isChosen(pod: KubernetesObject): boolean {
    return isChosenBy(this.selector, pod);
  }

  factsOf(pod: KubernetesObject, node: KubernetesObject | undefined, type: AddressType): PodFacts {
    const before = this.facts.get(pod);
    if (before?.node === node && before?.type === type) return before;
    const ports = before?.ports ?? endpointPorts(this.service, pod);
    const endpoint = endpointOf(pod, node, this.service, type);
    const facts: PodFacts = {
      portsKey: before?.portsKey ?? JSON.stringify(ports),
      ports,
      node,
      type,
      endpoint: arrayAt(endpoint, 'addresses').length > 0 ? endpoint : undefined,
    };
    this.facts.set(pod, facts);
    return facts;
  }
}

const isChosenBy = rememberPair(
  (selector: LabelSelector, pod: KubernetesObject) => selectsObject(selector, pod) && isInEndpoints(pod),
);

const known = new WeakMap<KubernetesObject, ServicePods>();
