import type { JsonObject, JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { numberOf, textOf } from './compose-values.ts';
import { compact } from './parts.ts';
import type { ServiceParts } from './parts.ts';
import { servicePorts } from './ports.ts';
import type { PublishedPort } from './ports.ts';

const TYPES: Readonly<Record<string, string>> = {
  clusterip: 'ClusterIP',
  nodeport: 'NodePort',
  loadbalancer: 'LoadBalancer',
};

/** The Service by which others find the Pods, and the Ingress where one is asked for. */
export function addService(parts: ServiceParts, ports: readonly PublishedPort[]): void {
  const { name, labels, annotations, wishes, objects, service } = parts;
  const wish = wishes.get('kompose.service.type')?.toLowerCase();
  const isHeadless = wish === 'headless' || textOf(valueAt(service.spec, 'deploy', 'endpoint_mode')) === 'dnsrr';
  if (ports.length === 0 && !isHeadless) {
    service.say('changed', 'compose.noPorts', [], { service: service.name });
    return;
  }
  const type = TYPES[wish ?? ''];
  const policy = wishes.get('kompose.service.external-traffic-policy')?.toLowerCase();
  const nodePort = numberOf(wishes.get('kompose.service.nodeport.port'));
  const written = servicePorts(ports).map((port, index) =>
    index === 0 && nodePort !== undefined && type === 'NodePort' ? { ...(port as JsonObject), nodePort } : port,
  );
  objects.add(
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels, ...compact({ annotations }) },
      spec: compact({
        clusterIP: isHeadless ? 'None' : undefined,
        externalTrafficPolicy:
          (type === 'NodePort' || type === 'LoadBalancer') && policy === 'local' ? 'Local' : undefined,
        ports: written,
        selector: labels,
        type: type === 'ClusterIP' ? undefined : type,
      }),
    },
    name,
  );
  const expose = wishes.get('kompose.service.expose');
  if (expose !== undefined && expose !== 'false' && expose !== '' && type !== 'LoadBalancer' && ports[0])
    addIngress(parts, expose, ports[0].port);
}

function addIngress({ name, labels, wishes, objects }: ServiceParts, expose: string, port: number): void {
  const backend = { service: { name, port: { number: port } } };
  const places = expose === 'true' ? [''] : expose.split(',').map((place) => place.trim());
  const rules = places.map((place): JsonValue => {
    const slash = place.indexOf('/');
    const [host, path] = slash < 0 ? [place, '/'] : [place.slice(0, slash), place.slice(slash)];
    return {
      ...compact({ host: host === '' ? undefined : host }),
      http: { paths: [{ backend, path, pathType: 'Prefix' }] },
    };
  });
  const secretName = wishes.get('kompose.service.expose.tls-secret');
  const hosts = places.map((place) => place.split('/')[0]!).filter((host) => host !== '');
  objects.add(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, labels },
      spec: compact({
        ingressClassName: wishes.get('kompose.service.expose.ingress-class-name'),
        rules,
        tls: secretName === undefined ? undefined : [compact({ hosts, secretName })],
      }),
    },
    name,
  );
}
