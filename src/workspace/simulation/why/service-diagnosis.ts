import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { labelSelectorFromMap, selectsObject } from '../../../apimachinery/label-selector.ts';
import { arrayAt, booleanAt, objectAt, stringAt } from '../../../base/json.ts';
import { nearestWord } from '../../../base/nearest-word.ts';
import type { Finding } from './diagnosis.ts';
import type { Moment, Proof } from './moment.ts';
import { conditionWith, faultOf, keyOf, statusWrite } from './moment.ts';

/** Who writes the endpoints of a Service. */
const CONTROLLER = 'endpointslice-controller';

/** Why nobody answers behind a Service: no Pod fits its selector, or none that fits is ready. */
export function diagnoseService(service: KubernetesObject, moment: Moment): Finding | undefined {
  const selector = objectAt(service, 'spec', 'selector');
  if (selector === undefined || stringAt(service, 'spec', 'type') === 'ExternalName') return undefined;
  const [name, namespace] = [nameOf(service), namespaceOf(service)];
  const endpoints = endpointsOf(service, moment);
  if (endpoints.some((endpoint) => booleanAt(endpoint, 'conditions', 'ready') === true)) return undefined;
  const pods = moment.objects.filter((object) => object.kind === 'Pod' && namespaceOf(object) === namespace);
  const fits = labelSelectorFromMap(selector);
  const chosen = pods.filter((pod) => selectsObject(fits, pod));
  const words = wordsOf(selector);
  const proof: Proof = ({ class: kind, object, from }) =>
    kind === 'request' &&
    from === CONTROLLER &&
    object?.startsWith(`EndpointSlice/${namespace ?? ''}/${name}`) === true;
  const ready = chosen.filter((pod) => !isDeleting(pod) && conditionWith(pod, 'Ready', 'True') !== undefined);
  if (ready.length > 0) {
    const params = { name, kind: 'Service', controller: CONTROLLER, count: String(ready.length) };
    if (moment.stopped.has(CONTROLLER))
      return { id: 'controllersDown', params, proof: faultOf('controller-manager-stop') };
    return { id: 'notWrittenYet', params, proof: statusWrite(keyOf(ready[0]!)) };
  }
  if (chosen.length > 0) {
    const first = chosen.find((pod) => !isDeleting(pod)) ?? chosen[0]!;
    return {
      id: 'noneReady',
      params: { name, selector: words, count: String(chosen.length) },
      proof,
      because: keyOf(first),
    };
  }
  if (pods.length === 0) return { id: 'noPods', params: { name, selector: words }, proof };
  const near = nearest(selector, pods);
  if (near === undefined) return { id: 'noPodMatches', params: { name, selector: words }, proof };
  return {
    id: 'noPodMatchesButOne',
    params: { name, selector: words, pod: nameOf(near.pod), key: near.key, has: near.has, wants: near.wants },
    proof,
  };
}

/** Endpoints of a Service, as its slices have them. */
export function endpointsOf(service: KubernetesObject, moment: Moment) {
  return slicesOf(service, moment).flatMap((slice) => arrayAt(slice, 'endpoints'));
}

export function slicesOf(service: KubernetesObject, { objects }: Moment): readonly KubernetesObject[] {
  return objects.filter(
    (object) =>
      object.kind === 'EndpointSlice' &&
      namespaceOf(object) === namespaceOf(service) &&
      labelsOf(object).get('kubernetes.io/service-name') === nameOf(service),
  );
}

function isDeleting(pod: KubernetesObject): boolean {
  return stringAt(pod, 'metadata', 'deletionTimestamp') !== undefined;
}

function wordsOf(selector: Readonly<Record<string, unknown>>): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',');
}

/** A Pod that has a key of the selector with another value, the most alike one: most often a slip of the pen. */
function nearest(selector: Readonly<Record<string, unknown>>, pods: readonly KubernetesObject[]) {
  for (const [key, value] of Object.entries(selector)) {
    const wants = String(value);
    const others = pods.filter((one) => labelsOf(one).has(key) && labelsOf(one).get(key) !== wants);
    const alike = nearestWord(
      wants,
      others.map((one) => labelsOf(one).get(key) ?? ''),
    );
    const pod = others.find((one) => labelsOf(one).get(key) === alike) ?? others[0];
    if (pod !== undefined) return { pod, key, has: labelsOf(pod).get(key) ?? '', wants };
  }
  return undefined;
}
