import { formatIp, parseIp } from '../../../apimachinery/ip.ts';
import { conditionsOf, hasCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, nameAt, numberAt, stringAt, valueAt } from '../../../base/json.ts';

export type AddressType = 'IPv4' | 'IPv6';

/** Whether a Pod has a place among the endpoints of a Service: it has an address and is not over. */
export function isInEndpoints(pod: KubernetesObject): boolean {
  const phase = stringAt(pod, 'status', 'phase');
  if (phase === 'Succeeded' || phase === 'Failed') return false;
  return nameAt(pod, 'status', 'podIP') !== undefined || arrayAt(pod, 'status', 'podIPs').length > 0;
}

/**
 * What an EndpointSlice says of a Pod.
 * Source: staging/src/k8s.io/endpointslice/utils.go `podToEndpoint`, 1.36.
 */
export function endpointOf(
  pod: KubernetesObject,
  node: KubernetesObject | undefined,
  service: KubernetesObject,
  type: AddressType,
): JsonObject {
  const serving = hasCondition(conditionsOf(pod), 'Ready', 'True');
  const terminating = isBeingDeleted(pod);
  const publishes = booleanAt(service, 'spec', 'publishNotReadyAddresses') === true;
  const nodeName = nameAt(pod, 'spec', 'nodeName');
  const zone = node && labelsOf(node).get('topology.kubernetes.io/zone');
  const hostname = nameAt(pod, 'spec', 'hostname');
  const hasHostname =
    hostname !== undefined &&
    stringAt(pod, 'spec', 'subdomain') === nameOf(service) &&
    namespaceOf(pod) === namespaceOf(service);
  return {
    addresses: addressesOf(pod, type),
    conditions: { ready: publishes || (serving && !terminating), serving, terminating },
    ...(hasHostname ? { hostname } : {}),
    targetRef: {
      kind: 'Pod',
      namespace: namespaceOf(pod) ?? '',
      name: nameOf(pod),
      uid: stringAt(pod, 'metadata', 'uid') ?? '',
    },
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(zone === undefined || zone === '' ? {} : { zone }),
  };
}

function addressesOf(pod: KubernetesObject, type: AddressType): readonly string[] {
  return arrayAt(pod, 'status', 'podIPs').flatMap((entry) => {
    const address = parseIp(stringAt(entry, 'ip') ?? '');
    return address !== undefined && `IPv${address.family}` === type ? [formatIp(address)] : [];
  });
}

/** Ports of a Service at one Pod; those that the Pod has not are left out. */
export function endpointPorts(service: KubernetesObject, pod: KubernetesObject): readonly JsonObject[] {
  return arrayAt(service, 'spec', 'ports').flatMap((port): JsonObject[] => {
    const number = findPort(pod, port);
    if (number === undefined) return [];
    const appProtocol = nameAt(port, 'appProtocol');
    return [
      {
        name: stringAt(port, 'name') ?? '',
        protocol: stringAt(port, 'protocol') ?? 'TCP',
        port: number,
        ...(appProtocol === undefined ? {} : { appProtocol }),
      },
    ];
  });
}

/** Source: utils.go `FindPort`, 1.36: by number, or by name among containers and sidecars. */
export function findPort(pod: KubernetesObject, servicePort: JsonValue): number | undefined {
  const target = valueAt(servicePort, 'targetPort');
  if (typeof target === 'number') return target;
  if (typeof target !== 'string') return numberAt(servicePort, 'port');
  const protocol = stringAt(servicePort, 'protocol') ?? 'TCP';
  const sidecars = arrayAt(pod, 'spec', 'initContainers').filter(
    (container) => stringAt(container, 'restartPolicy') === 'Always',
  );
  for (const container of [...arrayAt(pod, 'spec', 'containers'), ...sidecars])
    for (const port of arrayAt(container, 'ports'))
      if (stringAt(port, 'name') === target && (stringAt(port, 'protocol') ?? 'TCP') === protocol)
        return numberAt(port, 'containerPort');
  return undefined;
}

/** What makes two endpoints the same one, whatever their conditions. Source: util/endpointset.go, 1.36. */
export function endpointKey(endpoint: JsonValue): string {
  if (!isJsonObject(endpoint)) return keyOf(endpoint);
  let key = keys.get(endpoint);
  if (key === undefined) keys.set(endpoint, (key = keyOf(endpoint)));
  return key;
}

const keys = new WeakMap<JsonObject, string>();

function keyOf(endpoint: JsonValue): string {
  const addresses = arrayAt(endpoint, 'addresses').map(String).sort();
  const [hostname, namespace, name] = [
    stringAt(endpoint, 'hostname'),
    stringAt(endpoint, 'targetRef', 'namespace'),
    stringAt(endpoint, 'targetRef', 'name'),
  ];
  return [addresses.join(','), hostname ?? '', namespace ?? '', name ?? ''].join(' ');
}
