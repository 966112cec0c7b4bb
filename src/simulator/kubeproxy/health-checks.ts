import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { endpointsOf } from './endpoints.ts';
import type { ProxyRules } from './proxy-rules.ts';
import { isProxied } from './proxy-rules.ts';
import { servicePorts } from './service-port.ts';

/** Source: pkg/proxy/apis/config/v1alpha1/defaults.go `HealthzBindAddress`, 1.36. */
const HEALTHZ_PORT = 10_256;

export interface HealthAnswer {
  readonly code: number;
  readonly body: JsonObject;
}

/**
 * What kube-proxy answers on a port of its Node: on its own that it is there; on the health check port of a Service
 * whether the Node has endpoints of it that are ready. Undefined: it does not listen there.
 * Source: pkg/proxy/healthcheck/{service_health,proxy_health}.go, pkg/proxy/endpointschangetracker.go
 * `LocalReadyEndpoints`, 1.36.
 */
export function healthAnswer(
  { services, slices, settings }: ProxyRules,
  port: number,
  family: 4 | 6,
): HealthAnswer | undefined {
  if (port === HEALTHZ_PORT) return { code: 200, body: { serviceProxyHealthy: true } };
  for (const service of services.list()) {
    if (!isProxied(service)) continue;
    const ports = servicePorts(service, family);
    if (!ports.some(({ healthCheckNodePort }) => healthCheckNodePort === port)) continue;
    const [namespace = '', name] = [namespaceOf(service), nameOf(service)];
    const own = slices.indexed('service', `${namespace}/${name}`);
    const local = new Set(
      ports.flatMap(({ portName, protocol }) =>
        endpointsOf(own, { portName, protocol, family, node: settings.name })
          .filter(({ isLocal, isReady }) => isLocal && isReady)
          .map(({ ip }) => ip),
      ),
    ).size;
    const body = { service: { namespace, name }, localEndpoints: local, serviceProxyHealthy: true };
    return { code: local === 0 ? 503 : 200, body };
  }
  return undefined;
}
