import type { ClusterView } from '../../../admission/cluster-view.ts';
import { isGlobalUnicast, parseIp } from '../../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../../base/json.ts';
import type { Refusal } from '../status.ts';
import { badRequest } from '../status.ts';

/** Where a proxied request is sent on: a host and a port (that of the scheme where it is `''`), or the kubelet of a Node. */
export type Location =
  | { readonly type: 'network'; readonly scheme: string; readonly host: string; readonly port: string }
  | { readonly type: 'kubelet'; readonly node: string };

const SCHEMES = ['', 'http', 'https'];
const POD = { group: '', kind: 'Pod' };
const SERVICE = { group: '', kind: 'Service' };
const ENDPOINTS = { group: '', kind: 'Endpoints' };
const NODE = { group: '', kind: 'Node' };
/** Order in which a kubelet's addresses are tried. Source: cmd/kubeadm/app/phases/controlplane/manifests.go, 1.36. */
const PREFERRED_ADDRESSES = ['InternalIP', 'ExternalIP', 'Hostname'];
/** Source: pkg/cluster/ports/ports.go `KubeletPort`, 1.36. */
const KUBELET_PORT = 10_250;

interface SchemeNamePort {
  readonly scheme: string;
  readonly name: string;
  readonly port: string;
}

/**
 * `name`, `name:port` or `scheme:name:port`; undefined for anything else.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/net/port_split.go `SplitSchemeNamePort`, 1.36.
 */
export function splitSchemeNamePort(id: string): SchemeNamePort | undefined {
  const parts = id.split(':');
  if (parts.length > 3) return undefined;
  const [scheme, name, port] = parts.length === 3 ? parts : ['', ...parts];
  return name !== undefined && name !== '' && SCHEMES.includes(scheme!)
    ? { scheme: scheme!, name, port: port ?? '' }
    : undefined;
}

/**
 * Where a request for `pods/proxy` goes: to the Pod's first address, and the port that is named or the first that a container
 * declares. Source: pkg/registry/core/pod/strategy.go `ResourceLocation`, 1.36.
 */
export function podLocation(view: ClusterView, namespace: string, id: string): Location | Refusal {
  const split = splitSchemeNamePort(id);
  if (split === undefined) return badRequest(`invalid pod request "${id}"`);
  const pod = view.get(POD, namespace, split.name);
  if (pod === undefined) return missing('pods', split.name);
  const declared = arrayAt(pod, 'spec', 'containers').flatMap(
    (container) => numberAt(arrayAt(container, 'ports')[0], 'containerPort') ?? [],
  );
  const host = podAddresses(pod)[0] ?? '';
  const address = parseIp(host);
  if (address === undefined || !isGlobalUnicast(address)) return badRequest('address not allowed');
  return { type: 'network', scheme: split.scheme, host, port: split.port || String(declared[0] ?? '') };
}

function podAddresses(pod: KubernetesObject): readonly string[] {
  return arrayAt(pod, 'status', 'podIPs').flatMap((one) => stringAt(one, 'ip') ?? []);
}

/**
 * Where a request for `services/proxy` goes: to one of the Service's endpoints that is ready and a Pod of its namespace.
 * `pick` draws a number below another. Source: pkg/registry/core/service/storage/storage.go `ResourceLocation`, 1.36.
 */
export function serviceLocation(
  view: ClusterView,
  namespace: string,
  id: string,
  pick: (below: number) => number,
): Location | Refusal {
  const split = splitSchemeNamePort(id);
  if (split === undefined) return badRequest(`invalid service request "${id}"`);
  const { scheme, name } = split;
  const portName = /^[+-]?\d+$/.test(split.port) ? declaredName(view, namespace, name, Number(split.port)) : split.port;
  if (typeof portName !== 'string') return portName;
  const endpoints = view.get(ENDPOINTS, namespace, name);
  if (endpoints === undefined) return missing('endpoints', name);
  const subsets = arrayAt(endpoints, 'subsets');
  if (subsets.length === 0) return unavailable(`no endpoints available for service "${name}"`);
  for (const subset of from(subsets, pick)) {
    const addresses = arrayAt(subset, 'addresses');
    if (addresses.length === 0) continue;
    for (const port of arrayAt(subset, 'ports')) {
      if ((stringAt(port, 'name') ?? '') !== portName) continue;
      const found = from(addresses, pick).find((address) => isOfPod(view, namespace, address));
      if (found === undefined) continue;
      const host = stringAt(found, 'ip') ?? '';
      return { type: 'network', scheme, host, port: String(numberAt(port, 'port') ?? 0) };
    }
  }
  return unavailable(`no endpoints available for service "${id}"`);
}

/** The name of the port with a number. */
function declaredName(view: ClusterView, namespace: string, name: string, number: number): string | Refusal {
  const service = view.get(SERVICE, namespace, name);
  if (service === undefined) return missing('services', name);
  const port = arrayAt(service, 'spec', 'ports').find((one) => numberAt(one, 'port') === number);
  if (port === undefined) return unavailable(`no service port ${number} found for service "${name}"`);
  return stringAt(port, 'name') ?? '';
}

/** All of a list, beginning anywhere. */
function from(list: readonly JsonValue[], pick: (below: number) => number): readonly JsonValue[] {
  const start = pick(list.length);
  return [...list.slice(start), ...list.slice(0, start)];
}

/** Only addresses that are Pods are asked. Source: storage.go `isValidAddress`. */
function isOfPod(view: ClusterView, namespace: string, address: JsonValue): boolean {
  if (stringAt(address, 'targetRef', 'namespace') !== namespace) return false;
  const pod = view.get(POD, namespace, stringAt(address, 'targetRef', 'name') ?? '');
  return pod !== undefined && podAddresses(pod).includes(stringAt(address, 'ip') ?? '');
}

/**
 * Where a request for `nodes/proxy` goes: to the kubelet, or to another port of the Node.
 * Source: pkg/registry/core/node/strategy.go `ResourceLocation`, pkg/kubelet/client/kubelet_client.go, 1.36.
 */
export function nodeLocation(view: ClusterView, id: string): Location | Refusal {
  const split = splitSchemeNamePort(id);
  if (split === undefined) return badRequest(`invalid node request "${id}"`);
  const { scheme, name, port } = split;
  const node = view.get(NODE, '', name);
  if (node === undefined) return missing('nodes', name);
  const addresses = arrayAt(node, 'status', 'addresses');
  const host = PREFERRED_ADDRESSES.map((type) => addresses.find((one) => stringAt(one, 'type') === type))
    .map((one) => nameAt(one, 'address'))
    .find((address) => address !== undefined);
  if (host === undefined) {
    const known = addresses.map((one) => `{${stringAt(one, 'type') ?? ''} ${stringAt(one, 'address') ?? ''}}`);
    const message = `no preferred addresses found; known addresses: [${known.join(' ')}]`;
    return { code: 500, reason: 'InternalError', message };
  }
  const address = parseIp(host);
  if (address !== undefined && !isGlobalUnicast(address)) return badRequest('address not allowed');
  const own = numberAt(node, 'status', 'daemonEndpoints', 'kubeletEndpoint', 'Port') ?? 0;
  const isKubelet = port === '' || port === String(own > 0 ? own : KUBELET_PORT);
  return isKubelet ? { type: 'kubelet', node: name } : { type: 'network', scheme, host, port };
}

function missing(resource: string, name: string): Refusal {
  const details = { name, kind: resource };
  return { code: 404, reason: 'NotFound', message: `${resource} "${name}" not found`, details };
}

function unavailable(message: string): Refusal {
  return { code: 503, reason: 'ServiceUnavailable', message };
}
