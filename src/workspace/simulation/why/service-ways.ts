import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, booleanAt, nameAt, numberAt, stringAt } from '../../../base/json.ts';
import type { Cluster } from '../../../simulator/cluster.ts';
import type { LinuxState } from '../../../simulator/network/linux.ts';
import type { WhereTo } from '../../../simulator/network/where-to.ts';
import type { Moment } from './moment.ts';
import { endpointsOf, slicesOf } from './service-diagnosis.ts';

/** Where a request to a Service would go, asked of the kernel's rules on the asker's Node. */
export interface ServiceWays {
  readonly endpoints: readonly ServiceEndpoint[];
  /** Each way, and how likely it is; undefined where nobody of that name can ask. */
  readonly to: WhereTo | undefined;
  /** The asker's Node, while its rules are of older endpoints: kube-proxy writes the new ones a moment later. */
  readonly behind: string | undefined;
  /** The rules on that Node that are there for the Service, as the programs of the proxy mode print them; none for who asks from outside. */
  readonly rules: readonly string[];
}

export interface ServiceEndpoint {
  readonly address: string;
  readonly pod: string;
  readonly node: string;
  readonly ready: boolean;
  readonly terminating: boolean;
}

export function waysOf(
  cluster: Cluster,
  service: KubernetesObject,
  moment: Moment,
  from: string,
  port: number,
): ServiceWays {
  const to = hostOf(service, from);
  const wish = { from, to, port, protocol: 'tcp', path: '/' } as const;
  const whereTo = cluster.whereTo(wish);
  const machine = whereTo?.paths[0]?.hops[0]?.machine;
  const rules = machine === undefined ? [] : cluster.rulesAbout(machine, service);
  const endpoints = endpointsOf(service, moment).flatMap((endpoint) =>
    arrayAt(endpoint, 'addresses').map((address) => ({
      address: String(address),
      pod: stringAt(endpoint, 'targetRef', 'name') ?? '',
      node: stringAt(endpoint, 'nodeName') ?? '',
      ready: booleanAt(endpoint, 'conditions', 'ready') === true,
      terminating: booleanAt(endpoint, 'conditions', 'terminating') === true,
    })),
  );
  return {
    endpoints,
    to: whereTo,
    behind: machine !== undefined && areBehind(cluster, machine, service, moment) ? machine : undefined,
    rules: rules.slice(0, MOST_RULES),
  };
}

const MOST_RULES = 60;

/** Whether the kernel of a machine has rules that kube-proxy made of older slices than there are. */
function areBehind(cluster: Cluster, machine: string, service: KubernetesObject, moment: Moment): boolean {
  if (nameAt(service, 'spec', 'clusterIP') === 'None') return false;
  const { rules } = (cluster.stateOf(`linux/${machine}`) ?? {}) as Partial<LinuxState>;
  const known = new Set(rules?.slices.list().map((slice) => stringAt(slice, 'metadata', 'resourceVersion')));
  return slicesOf(service, moment).some((slice) => !known.has(stringAt(slice, 'metadata', 'resourceVersion')));
}

/**
 * Its address; a headless one has none, and its name gives those of its Pods. Of two families its name too, where a Pod asks:
 * which of them is taken is up to the Pod.
 */
function hostOf(service: KubernetesObject, from: string): string {
  const address = nameAt(service, 'spec', 'clusterIP');
  const isAsked = from.startsWith('Pod/') && arrayAt(service, 'spec', 'clusterIPs').length > 1;
  return address === undefined || address === 'None' || isAsked
    ? `${nameOf(service)}.${namespaceOf(service) ?? 'default'}.svc.cluster.local`
    : address;
}

/** Where a Service listens, and who may ask for it: Pods that run, Nodes, and somebody outside. */
export function factsOf(service: KubernetesObject, { objects }: Moment) {
  const pods = objects.filter((object) => object.kind === 'Pod' && stringAt(object, 'status', 'phase') === 'Running');
  const nodes = objects.filter((object) => object.kind === 'Node' && object.apiVersion === 'v1');
  return {
    clusterIp: nameAt(service, 'spec', 'clusterIP') ?? '',
    ports: arrayAt(service, 'spec', 'ports').flatMap((port) => numberAt(port, 'port') ?? []),
    senders: [
      ...pods.slice(0, MOST_SENDERS).map((pod) => `Pod/${namespaceOf(pod) ?? ''}/${nameOf(pod)}`),
      ...nodes.map((node) => `Node//${nameOf(node)}`),
      'outside',
    ],
  };
}

const MOST_SENDERS = 40;
