import type { Endpoint } from './endpoints.ts';
import type { EndpointPolicy } from './service-port.ts';
import { usesClusterEndpoints, usesLocalEndpoints } from './service-port.ts';

/** Where kube-proxy runs. */
export interface NodePlace {
  readonly name: string;
  /** The Node's `topology.kubernetes.io/zone`; '' where it has none. */
  readonly zone: string;
}

/** The endpoints that a Node may use. Undefined: the Service never uses endpoints of that kind. */
export interface EndpointChoice {
  readonly cluster: readonly Endpoint[] | undefined;
  readonly local: readonly Endpoint[] | undefined;
  /** All that can be reached from this Node, by one policy or the other. */
  readonly reachable: readonly Endpoint[];
  /** Somewhere in the cluster there is an endpoint that can be used. */
  readonly hasAny: boolean;
}

const isFallback = ({ isServing, isTerminating }: Endpoint): boolean => isServing && isTerminating;

/**
 * Ready endpoints, near ones where hints say so; where none is ready, those that still serve while they terminate.
 * Source: pkg/proxy/topology.go `CategorizeEndpoints`, 1.36.
 */
export function categorizeEndpoints(
  endpoints: readonly Endpoint[],
  port: EndpointPolicy,
  node: NodePlace,
): EndpointChoice {
  const [usesCluster, usesLocal] = [usesClusterEndpoints(port), usesLocalEndpoints(port)];
  if (endpoints.length === 0) return { cluster: undefined, local: undefined, reachable: [], hasAny: false };
  const mode = usesCluster ? topologyMode(endpoints, node) : '';
  let cluster: readonly Endpoint[] | undefined;
  if (usesCluster) {
    cluster = endpoints.filter((endpoint) => endpoint.isReady && isNear(endpoint, mode, node));
    if (cluster.length === 0) cluster = endpoints.filter(isFallback);
  }
  const hasCluster = cluster !== undefined && cluster.length > 0;
  if (!usesLocal) return { cluster, local: undefined, reachable: cluster ?? [], hasAny: hasCluster };
  const own = endpoints.filter(({ isLocal }) => isLocal);
  const ready = own.filter(({ isReady }) => isReady);
  const local = ready.length > 0 ? ready : own.filter((endpoint) => !endpoint.isReady && isFallback(endpoint));
  const hasAny = hasCluster || endpoints.some((endpoint) => endpoint.isReady || isFallback(endpoint));
  if (cluster === undefined) return { cluster, local, reachable: local, hasAny };
  const known = new Set(cluster.map(({ address }) => address));
  const reachable = [...cluster, ...local.filter(({ address }) => !known.has(address))];
  return { cluster, local, reachable, hasAny };
}

type TopologyMode = '' | 'PreferSameNode' | 'PreferSameZone';

/** Hints count only where every ready endpoint has one and one of them is for this Node or zone. */
function topologyMode(endpoints: readonly Endpoint[], { name, zone }: NodePlace): TopologyMode {
  const ready = endpoints.filter(({ isReady }) => isReady);
  if (ready.length === 0) return '';
  if (ready.every(({ nodeHints }) => nodeHints.length > 0) && ready.some(({ nodeHints }) => nodeHints.includes(name)))
    return 'PreferSameNode';
  return ready.every(({ zoneHints }) => zoneHints.length > 0) && ready.some(({ zoneHints }) => zoneHints.includes(zone))
    ? 'PreferSameZone'
    : '';
}

function isNear({ nodeHints, zoneHints }: Endpoint, mode: TopologyMode, { name, zone }: NodePlace): boolean {
  if (mode === '') return true;
  return mode === 'PreferSameNode' ? nodeHints.includes(name) : zoneHints.includes(zone);
}
