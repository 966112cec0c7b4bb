import { formatIp, parseIp } from '../../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, booleanAt, jsonEqual, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import { rememberPair } from '../../../base/remember-pair.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { endpointPorts } from '../endpointslice/endpoint.ts';
import type { ChosenPods } from '../endpointslice/chosen-pods.ts';
import { chosenPods } from '../endpointslice/chosen-pods.ts';
import { ENDPOINTS, PODS, SERVICES } from '../resources.ts';
import { servicesOfPod } from '../services-of-pod.ts';
import { isReady } from '../workload/pod-state.ts';
import type { SubsetEntry } from './subsets.ts';
import { addressCount, repackEntries, repackSubsets, subsetEntries, truncatedSubsets } from './subsets.ts';

const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
const HEADLESS = 'service.kubernetes.io/headless';
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const CONTROLLER = 'endpoint-controller';

/**
 * Keeps the Endpoints of a Service, for those who do not read EndpointSlices yet.
 * Source: pkg/controller/endpoint/endpoints_controller.go, 1.36.
 */
export const endpoints: Controller = {
  name: 'endpoints-controller',
  account: CONTROLLER,
  reportsAs: CONTROLLER,
  workers: 5,
  readsOwnWrites: true,
  watches: [
    { resource: SERVICES, keysOf: ({ key }) => [key] },
    { resource: PODS, keysOf: (event, caches) => servicesOfPod(event, caches.view(SERVICES)) },
    { resource: ENDPOINTS, keysOf: ({ key, type }) => (type === 'DELETED' ? [key] : []) },
  ],
  reconcile(context, key) {
    const service = context.view(SERVICES).getKey(key);
    if (service === undefined) return remove(context, key);
    const hasNone = stringAt(service, 'spec', 'type') === 'ExternalName';
    return hasNone || objectAt(service, 'spec', 'selector') === undefined ? undefined : sync(context, service);
  },
};

function remove(context: ReconcileContext, key: string): Outcome | void {
  if (context.view(ENDPOINTS).getKey(key) === undefined) return undefined;
  const [namespace = '', name = ''] = key.split('/');
  const gone = context.api.call({ verb: 'delete', resource: ENDPOINTS, namespace, name });
  return gone.ok || gone.code === 404 ? undefined : { failed: gone.message };
}

function sync(context: ReconcileContext, service: KubernetesObject): Outcome | void {
  const [namespace, name] = [namespaceOf(service) ?? '', nameOf(service)];
  const wanted = wantedSubsets(chosenPods(context.view(PODS), service), service);
  const known = context.view(ENDPOINTS).get(namespace, name);
  const before = arrayAt(known, 'subsets');
  const { [OVER_CAPACITY]: capacity, ...annotations } = objectAt(known, 'metadata', 'annotations') ?? {};
  const labels = labelsFor(service);
  const isSame =
    known !== undefined &&
    (jsonEqual(before, wanted) || jsonEqual(repackSubsets(before), wanted)) &&
    jsonEqual(objectAt(known, 'metadata', 'labels') ?? {}, labels) &&
    capacity === undefined &&
    addressCount(before) <= addressCount(wanted);
  if (isSame) return undefined;
  const truncated = truncatedSubsets(wanted);
  const noted = truncated === undefined ? annotations : { ...annotations, [OVER_CAPACITY]: 'truncated' };
  const found: KubernetesObject = known ?? { apiVersion: 'v1', kind: 'Endpoints', metadata: { name, namespace } };
  const { subsets: _, ...rest } = found;
  const body: KubernetesObject = {
    ...rest,
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      ...objectAt(rest, 'metadata'),
      labels,
      ...(Object.keys(noted).length === 0 ? {} : { annotations: noted }),
    },
    ...(wanted.length === 0 ? {} : { subsets: truncated ?? wanted }),
  };
  // What is cut off stands there already.
  if (known !== undefined && jsonEqual(known, body)) return undefined;
  return write(context, body, known === undefined);
}

function write(context: ReconcileContext, body: KubernetesObject, isNew: boolean): Outcome | void {
  const [namespace, name] = [namespaceOf(body) ?? '', nameOf(body)];
  const at = { resource: ENDPOINTS, namespace, body };
  const written = context.api.call(isNew ? { ...at, verb: 'create' } : { ...at, verb: 'update', name });
  if (written.ok) return undefined;
  if (isNew && written.message.includes('is being terminated')) return undefined;
  const words = isNew
    ? `Failed to create endpoint for service ${namespace}/${name}: ${written.message}`
    : `Failed to update endpoint ${namespace}/${name}: ${written.message}`;
  context.event(body, 'Warning', isNew ? 'FailedToCreateEndpoint' : 'FailedToUpdateEndpoint', words);
  return { failed: written.message };
}

function labelsFor(service: KubernetesObject): JsonObject {
  const { [HEADLESS]: _, ...own } = objectAt(service, 'metadata', 'labels') ?? {};
  const address = stringAt(service, 'spec', 'clusterIP') ?? '';
  const isHeadless = address === '' || address === 'None';
  return { ...own, ...(isHeadless ? { [HEADLESS]: '' } : {}), [MANAGED_BY]: CONTROLLER };
}

/** A sync runs again when its write is answered, with the caches that it had. */
const wantedSubsets = rememberPair(({ pods }: ChosenPods, service: KubernetesObject): readonly JsonObject[] => {
  const entries: SubsetEntry[] = [];
  for (const pod of pods) for (const entry of entriesOf(service, pod)) entries.push(entry);
  return repackEntries(entries);
});

/** A Service is synced whenever one of its Pods changes: what it says of the others was worked out before. */
const entriesOf = rememberPair((service: KubernetesObject, pod: KubernetesObject) =>
  subsetsOf(service, pod).flatMap(subsetEntries),
);

/** One subset for each port of a Pod. */
function subsetsOf(service: KubernetesObject, pod: KubernetesObject): readonly JsonObject[] {
  const publishes = booleanAt(service, 'spec', 'publishNotReadyAddresses') === true;
  if (isBeingDeleted(pod) && !publishes) return [];
  const address = addressOf(service, pod);
  if (address === undefined) return [];
  const field = publishes || isReady(pod) ? 'addresses' : 'notReadyAddresses';
  if (arrayAt(service, 'spec', 'ports').length > 0)
    return endpointPorts(service, pod).map((port) => ({ [field]: [address], ports: [named(port)] }));
  return stringAt(service, 'spec', 'clusterIP') === 'None' ? [{ [field]: [address] }] : [];
}

/** A port without a name has none. */
function named(port: JsonObject): JsonObject {
  const { name, ...rest } = port;
  return name === '' ? rest : port;
}

/** Source: `podToEndpointAddressForService`, 1.36. */
function addressOf(service: KubernetesObject, pod: KubernetesObject): JsonObject | undefined {
  const clusterIp = parseIp(stringAt(service, 'spec', 'clusterIP') ?? '');
  const own = clusterIp ?? parseIp(stringAt(pod, 'status', 'podIP') ?? '');
  const family = arrayAt(service, 'spec', 'ipFamilies')[0] ?? `IPv${own?.family ?? 4}`;
  for (const entry of arrayAt(pod, 'status', 'podIPs')) {
    const address = parseIp(stringAt(entry, 'ip') ?? '');
    if (address === undefined || `IPv${address.family}` !== family) continue;
    const hostname = nameAt(pod, 'spec', 'hostname');
    const hasHostname = hostname !== undefined && stringAt(pod, 'spec', 'subdomain') === nameOf(service);
    return {
      ip: formatIp(address),
      ...(hasHostname ? { hostname } : {}),
      nodeName: stringAt(pod, 'spec', 'nodeName') ?? '',
      targetRef: { kind: 'Pod', namespace: namespaceOf(pod) ?? '', name: nameOf(pod), uid: uidOf(pod) },
    };
  }
  return undefined;
}
