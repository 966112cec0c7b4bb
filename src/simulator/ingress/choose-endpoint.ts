import type { JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt } from '../../base/json.ts';
import type { View } from '../client/view.ts';
import type { Endpoint } from '../kubeproxy/endpoints.ts';
import { endpointsOf } from '../kubeproxy/endpoints.ts';
import type { Routed, WeightedBackend } from './routed.ts';

/** What the proxy of an ingress controller knows of Services. */
export interface BackendViews {
  readonly services: View;
  readonly slices: View;
}

/** Where a request goes: to an endpoint, or nowhere with the answer of the proxy itself. */
export type Choice =
  | { readonly endpoint: Endpoint; readonly backend: WeightedBackend }
  | { readonly code: number; readonly backend?: WeightedBackend };

/** Draws one of so many: 1 to `of`. */
export type Draw = (purpose: 'backend' | 'endpoint', of: number) => number;

/**
 * A backend by weight, then one of its ready endpoints: proxies send to endpoints past the Service's own address. A rule
 * whose backends weigh nothing, and a backend that is not there, is answered with 500; one without endpoints with 503.
 * Source: kubernetes-sigs/gateway-api apis/v1/httproute_types.go `HTTPRouteRule.backendRefs`, 1.5.
 */
export function chooseEndpoint({ backends, code }: Routed, views: BackendViews, draw: Draw): Choice {
  if (code !== undefined) return { code };
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return { code: 500 };
  let left = draw('backend', total);
  const backend = backends.find(({ weight }) => (left -= weight) <= 0)!;
  const endpoints = endpointsBehind(backend, views);
  if (endpoints === undefined) return { code: 500, backend };
  if (endpoints.length === 0) return { code: 503, backend };
  return { endpoint: endpoints[draw('endpoint', endpoints.length) - 1]!, backend };
}

/** Ready endpoints of a backend; undefined where the Service or its port is not there. */
function endpointsBehind(
  { namespace, service: name, port: wanted }: WeightedBackend,
  { services, slices }: BackendViews,
): readonly Endpoint[] | undefined {
  const ports = arrayAt(services.get(namespace, name), 'spec', 'ports');
  const isWanted = (port: JsonValue): boolean =>
    wanted === undefined || (typeof wanted === 'number' ? numberAt(port, 'port') : nameAt(port, 'name')) === wanted;
  const port = ports.find(isWanted);
  if (port === undefined) return undefined;
  const query = { portName: nameAt(port, 'name') ?? '', protocol: 'tcp', family: 4, node: '' } as const;
  return endpointsOf(slices.indexed('service', `${namespace}/${name}`), query).filter(({ isReady }) => isReady);
}
