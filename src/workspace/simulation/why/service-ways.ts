import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, booleanAt, nameAt, numberAt, stringAt } from '../../../base/json.ts';
import type { Cluster } from '../../../simulator/cluster.ts';
import type { WhereTo } from '../../../simulator/network/where-to.ts';
import type { Moment } from './moment.ts';
import { endpointsOf } from './service-diagnosis.ts';

/** Where a request to a Service would go, asked of the kernel's rules on the asker's Node. */
export interface ServiceWays {
  readonly endpoints: readonly ServiceEndpoint[];
  /** Each way, and how likely it is; undefined where nobody of that name can ask. */
  readonly to: WhereTo | undefined;
  /** The rules on that Node that speak of the Service, as iptables-save prints them; none for who asks from outside. */
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
  const to = hostOf(service);
  const wish = { from, to, port, protocol: 'tcp', path: '/' } as const;
  const whereTo = cluster.whereTo(wish);
  const machine = whereTo?.paths[0]?.hops[0]?.machine;
  const named = `${namespaceOf(service) ?? ''}/${nameOf(service)}`;
  const lines = machine === undefined ? [] : (cluster.rulesOf(machine) ?? '').split('\n');
  return {
    endpoints: endpointsOf(service, moment).flatMap((endpoint) =>
      arrayAt(endpoint, 'addresses').map((address) => ({
        address: String(address),
        pod: stringAt(endpoint, 'targetRef', 'name') ?? '',
        node: stringAt(endpoint, 'nodeName') ?? '',
        ready: booleanAt(endpoint, 'conditions', 'ready') === true,
        terminating: booleanAt(endpoint, 'conditions', 'terminating') === true,
      })),
    ),
    to: whereTo,
    rules: lines.filter((line) => speaksOf(line, named)).slice(0, MOST_RULES),
  };
}

const MOST_RULES = 60;

/** Rules have the Service and the name of its port in a comment: `shop/web`, `shop/web:http`, `"shop/web -> 10.244.1.2:80"`. */
function speaksOf(line: string, named: string): boolean {
  const at = line.indexOf(named);
  return at >= 0 && !/[\w.-]/.test(line[at + named.length] ?? ' ') && !/[\w.-]/.test(line[at - 1] ?? ' ');
}

/** Its name where it has an address of its own; a headless one has none, and its name gives those of its Pods. */
function hostOf(service: KubernetesObject): string {
  const address = nameAt(service, 'spec', 'clusterIP');
  return address === undefined || address === 'None'
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
      ...nodes.map((node) => `Node//${nameOf(node)}`),
      ...pods.slice(0, MOST_SENDERS).map((pod) => `Pod/${namespaceOf(pod) ?? ''}/${nameOf(pod)}`),
      'outside',
    ],
  };
}

const MOST_SENDERS = 40;
