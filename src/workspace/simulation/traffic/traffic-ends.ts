import { parseLabelSelector, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { hostsOf } from '../../../simulator/network/target-of.ts';
import type { TrafficOrder } from '../../../simulator/network/traffic.ts';
import { framePods } from '../frame-pod.ts';
import { isControlPlane } from '../../../simulator/topology.ts';

/** Who can send requests at a moment, and what can be sent any. */
export interface TrafficEnds {
  readonly senders: readonly TrafficSender[];
  /** What people made before what the cluster has of itself. */
  readonly targets: readonly TrafficTarget[];
}

export interface TrafficSender {
  /** As an order has it: `outside`, `Pod/shop/cart-*`, `Node//w1`. */
  readonly id: string;
  /** The workload of whose Pods the first that runs is meant: `Deployment/shop/cart`. */
  readonly workload?: string;
}

export interface TrafficTarget {
  /** `Service/shop/web`. */
  readonly id: string;
  readonly ports: readonly { readonly port: number; readonly protocol: TrafficOrder['protocol'] }[];
  /** Hosts that it has rules for. */
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  /** Whether somebody outside the cluster reaches it. */
  readonly isOpen: boolean;
  /** Who would send it requests where nobody says who: none of its own Pods, if there is another. */
  readonly sender: string;
}

const OUTSIDE = 'outside';
/** Most Pods that are named one by one. */
const MOST_PODS = 60;
const HTTP = { port: 80, protocol: 'tcp' } as const;

export function trafficEnds(objects: readonly KubernetesObject[]): TrafficEnds {
  const pods = objects.filter((one) => one.kind === 'Pod' && one.apiVersion === 'v1' && runs(one));
  const senders = sendersOf(objects, pods);
  const targets = [
    ...objects.filter(({ kind }) => kind === 'Ingress').map((ingress) => targetOf(ingress)),
    ...objects.filter(({ kind }) => kind === 'HTTPRoute').map((route) => targetOf(route, gatewayPorts(route, objects))),
    ...objects.filter(({ kind }) => kind === 'Service').flatMap((service) => serviceTarget(service, pods, senders)),
    ...pods.slice(0, MOST_PODS).map((pod) => podTarget(pod, senders)),
  ];
  const own = ({ id }: { readonly id: string }): number => (SYSTEM.test(id) ? 1 : 0);
  return { senders, targets: targets.toSorted((a, b) => own(a) - own(b)) };
}

/** What a cluster has of itself. */
const SYSTEM = /\/kube-[^/]+\/|^Service\/default\/kubernetes$/;

function runs(pod: KubernetesObject): boolean {
  return stringAt(pod, 'status', 'phase') === 'Running' && !isBeingDeleted(pod);
}

function sendersOf(objects: readonly KubernetesObject[], pods: readonly KubernetesObject[]): readonly TrafficSender[] {
  const own = pods.filter((pod) => !SYSTEM.test(idOf(pod)));
  const workloads = new Set(framePods(objects).flatMap(({ pod }) => pod.workload ?? []));
  const patterns = [...workloads].toSorted().flatMap((workload) => {
    const [, namespace = '', name = ''] = workload.split('/');
    const hasPods = own.some((pod) => namespaceOf(pod) === namespace && nameOf(pod).startsWith(`${name}-`));
    return hasPods ? [{ id: `Pod/${namespace}/${name}-*`, workload }] : [];
  });
  const nodes = objects.filter((one) => one.kind === 'Node' && one.apiVersion === 'v1');
  return [
    { id: OUTSIDE },
    ...patterns,
    ...own.slice(0, MOST_PODS).map((pod) => ({ id: idOf(pod) })),
    ...nodes.filter((node) => !isControlPlane(node)).map((node) => ({ id: `Node//${nameOf(node)}` })),
    ...nodes.filter(isControlPlane).map((node) => ({ id: `Node//${nameOf(node)}` })),
  ];
}

function idOf(object: KubernetesObject): string {
  return `${object.kind}/${namespaceOf(object) ?? ''}/${nameOf(object)}`;
}

/** An Ingress or an HTTPRoute: its proxy listens to the world. */
function targetOf(route: KubernetesObject, ports: TrafficTarget['ports'] = [HTTP]): TrafficTarget {
  const paths = arrayAt(route, 'spec', 'rules').flatMap((rule) =>
    route.kind === 'Ingress'
      ? arrayAt(rule, 'http', 'paths').flatMap((path) => nameAt(path, 'path') ?? [])
      : arrayAt(rule, 'matches').flatMap((match) => nameAt(match, 'path', 'value') ?? []),
  );
  const known = [...new Set(['/', ...paths])];
  return { id: idOf(route), ports, hosts: hostsOf(route), paths: known, isOpen: true, sender: OUTSIDE };
}

/** Ports at which the Gateways of a route listen for HTTP. */
function gatewayPorts(route: KubernetesObject, objects: readonly KubernetesObject[]): TrafficTarget['ports'] {
  const ports = arrayAt(route, 'spec', 'parentRefs').flatMap((parent) => {
    const namespace = nameAt(parent, 'namespace') ?? namespaceOf(route);
    const gateway = objects.find(
      (one) => one.kind === 'Gateway' && nameOf(one) === nameAt(parent, 'name') && namespaceOf(one) === namespace,
    );
    return arrayAt(gateway, 'spec', 'listeners').flatMap((listener) =>
      stringAt(listener, 'protocol') === 'HTTP' ? (numberAt(listener, 'port') ?? []) : [],
    );
  });
  const known = [...new Set(ports)].map((port) => ({ port, protocol: 'tcp' as const }));
  return known.length === 0 ? [HTTP] : known;
}

function serviceTarget(
  service: KubernetesObject,
  pods: readonly KubernetesObject[],
  senders: readonly TrafficSender[],
): readonly TrafficTarget[] {
  const type = stringAt(service, 'spec', 'type') ?? 'ClusterIP';
  if (type === 'ExternalName') return [];
  const published = arrayAt(service, 'status', 'loadBalancer', 'ingress').length > 0;
  const isOpen = published || (type !== 'ClusterIP' && portsOf(service).some(({ nodePort }) => nodePort !== undefined));
  const selector = objectAt(service, 'spec', 'selector');
  const selects = selector && parseLabelSelector({ matchLabels: selector });
  const behind = pods.filter(
    (pod) => selects !== undefined && namespaceOf(pod) === namespaceOf(service) && selectsObject(selects, pod),
  );
  const ports = portsOf(service).map(({ port, protocol }) => ({ port, protocol }));
  const sender = isOpen ? OUTSIDE : otherThan(behind, senders, nameAt(service, 'spec', 'clusterIP') === 'None');
  return [{ id: idOf(service), ports: ports.length === 0 ? [HTTP] : ports, hosts: [], paths: ['/'], isOpen, sender }];
}

function portsOf(service: KubernetesObject) {
  return arrayAt(service, 'spec', 'ports').flatMap((one) => {
    const [port, nodePort] = [numberAt(one, 'port'), numberAt(one, 'nodePort')];
    return port === undefined ? [] : [{ port, nodePort, protocol: protocolOf(stringAt(one, 'protocol')) }];
  });
}

function protocolOf(name = 'TCP'): TrafficOrder['protocol'] {
  return name === 'UDP' ? 'udp' : name === 'SCTP' ? 'sctp' : 'tcp';
}

function podTarget(pod: KubernetesObject, senders: readonly TrafficSender[]): TrafficTarget {
  const ports = arrayAt(pod, 'spec', 'containers').flatMap((container) =>
    arrayAt(container, 'ports').flatMap((one) => {
      const port = numberAt(one, 'containerPort');
      return port === undefined ? [] : [{ port, protocol: protocolOf(stringAt(one, 'protocol')) }];
    }),
  );
  const sender = otherThan([pod], senders, false);
  return { id: idOf(pod), ports: ports.length === 0 ? [HTTP] : ports, hosts: [], paths: ['/'], isOpen: false, sender };
}

/**
 * The first sender within the cluster whose requests are not those of a Pod that answers them: a workload, else a Node,
 * which does not know names of the cluster.
 */
function otherThan(pods: readonly KubernetesObject[], senders: readonly TrafficSender[], byName: boolean): string {
  const isOwn = (id: string): boolean => pods.some((pod) => matchesId(idOf(pod), id));
  const inside = senders.filter(({ id }) => id !== OUTSIDE);
  const found = inside.find(({ id }) => !isOwn(id) && !(byName && id.startsWith('Node/')));
  return (found ?? inside[0])?.id ?? OUTSIDE;
}

function matchesId(id: string, pattern: string): boolean {
  return pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;
}
