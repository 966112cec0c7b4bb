import { parseIp } from '../../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { WebhookCall } from '../../../admission/webhooks/webhook-call.ts';
import { arrayAt, asArray, booleanAt, nameAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { clusterViewOf } from '../cluster-view.ts';
import type { Server } from '../state.ts';

/** Where a review is sent. */
export interface Destination {
  readonly url: string;
  /** An address of the cluster, or a name outside it. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** `namespace/name`; undefined for a URL. */
  readonly service: string | undefined;
  /** No address of the cluster. */
  readonly isOutside: boolean;
}

const SERVICE = { group: '', kind: 'Service' };
const ENDPOINT_SLICE = { group: 'discovery.k8s.io', kind: 'EndpointSlice' };
const HTTPS = 443;

/**
 * Where the webhook of a call is: by the address of its Service; by one of its endpoints where no kube-proxy runs beside the API
 * server, as such servers are set up (`--enable-aggregator-routing`). Words where nobody can tell.
 * Source: staging/src/k8s.io/apiserver/pkg/util/webhook/client.go and pkg/util/proxy/proxy.go, 1.36.2.
 */
export function destinationOf(
  server: Server,
  { clientConfig }: WebhookCall,
  timeoutSeconds: number,
): Destination | { readonly error: string } {
  const query = `?timeout=${timeoutSeconds}s`;
  const service = objectAt(clientConfig, 'service');
  if (service === undefined) return destinationOfUrl(stringAt(clientConfig, 'url') ?? '', query);
  const [namespace, name] = [stringAt(service, 'namespace') ?? '', stringAt(service, 'name') ?? ''];
  const port = numberAt(service, 'port') ?? HTTPS;
  const path = slashed(stringAt(service, 'path') ?? '');
  const url = `https://${name}.${namespace}.svc:${port}${path}${query}`;
  const found = clusterViewOf(server).get(SERVICE, namespace, name);
  const resolved = found === undefined ? `service "${name}" not found` : resolve(server, found, namespace, name, port);
  if (typeof resolved === 'string') return { error: `Post "${url}": ${resolved}` };
  const isOutside = parseIp(resolved.host) === undefined;
  return { url, ...resolved, path, service: `${namespace}/${name}`, isOutside };
}

function destinationOfUrl(url: string, query: string): Destination {
  const { hostname, port, pathname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  return {
    url: `${url}${query}`,
    host,
    port: port === '' ? HTTPS : Number(port),
    path: pathname,
    service: undefined,
    isOutside: parseIp(host) === undefined,
  };
}

const slashed = (path: string): string => (path === '' || path.startsWith('/') ? path : `/${path}`);

type Resolved = { readonly host: string; readonly port: number } | string;

function resolve(server: Server, service: KubernetesObject, namespace: string, name: string, port: number): Resolved {
  const type = stringAt(service, 'spec', 'type') ?? 'ClusterIP';
  const clusterIP = stringAt(service, 'spec', 'clusterIP');
  const hasProxy = server.state.settings.host?.hasProxy !== false;
  if (type === 'ExternalName')
    return hasProxy
      ? { host: stringAt(service, 'spec', 'externalName') ?? '', port }
      : 'unsupported service type "ExternalName"';
  if (hasProxy && type === 'ClusterIP' && clusterIP === 'None') return 'cannot route to service with ClusterIP "None"';
  const served = arrayAt(service, 'spec', 'ports').find((one) => numberAt(one, 'port') === port);
  if (served === undefined) return `no service port ${port} found for service "${name}"`;
  if (hasProxy) return { host: clusterIP ?? '', port };
  return endpointOf(server, namespace, name, nameAt(served, 'name') ?? '');
}

/** One of the endpoints that are ready. */
function endpointOf(server: Server, namespace: string, name: string, portName: string): Resolved {
  const { context } = server;
  for (const slice of clusterViewOf(server).list(ENDPOINT_SLICE, namespace)) {
    if (stringAt(slice, 'metadata', 'labels', 'kubernetes.io/service-name') !== name) continue;
    const port = asArray(valueAt(slice, 'ports')).find((one) => (stringAt(one, 'name') ?? '') === portName);
    const ready = arrayAt(slice, 'endpoints').filter((one) => booleanAt(one, 'conditions', 'ready') !== false);
    const number = numberAt(port, 'port');
    if (number === undefined || ready.length === 0) continue;
    const which = context.random.integer(`webhook/${context.next('webhook-endpoint')}`, 0, ready.length - 1);
    return { host: stringAt(ready[which], 'addresses', 0) ?? '', port: number };
  }
  return `no endpoints available for service "${name}"`;
}
