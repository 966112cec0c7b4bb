import type { PluginSwitches } from '../admission/admission-chain.ts';
import { nameOf } from '../apimachinery/object.ts';
import type { JudgeContext } from '../kinds/served-kind.ts';
import { API_SERVER_CONTROLLERS } from './apiserver/own-controllers.ts';
import type { Behaviour } from './behaviour/behaviour.ts';
import { freshCluster } from './bootstrap/objects.ts';
import { CLOUD } from './cloud/cloud.ts';
import { CLOUD_CONTROLLER_MANAGER, CLOUD_USER, SERVICE_LB_CONTROLLER } from './cloud/service-lb-controller.ts';
import { CONTROLLERS } from './controllers/controllers.ts';
import { CONTROLLER_MANAGER, watchedBy } from './controllers/shared-informers.ts';
import { INGRESS_CONTROLLER } from './ingress/ingress-controller.ts';
import { INGRESS_PROXY, INGRESS_USER } from './ingress/ingress-proxy.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { UserInfo } from './messages.ts';
import { SERVICE_NETWORK, podNetworkFor } from './network/machines.ts';
import type { Add } from './network/place-network.ts';
import { machinesFor, placeNetwork } from './network/place-network.ts';
import { placeEtcd } from './place-etcd.ts';
import { METRICS_OBJECTS } from './metrics-server/objects.ts';
import { placeNode } from './place-node.ts';
import type { CsiDriver } from './storage/csi-driver.ts';
import { ATTACHER_USER, RESIZER_USER, DEFAULT_STORAGE, PROVISIONER_USER } from './storage/default-class.ts';
import { CSI_CONTROLLER } from './storage/csi-controller.ts';
import type { Topology } from './topology.ts';
import { controlPlaneMachine, defaultTopology } from './topology.ts';

/** What a run is made of, with the requests that are made of it; nothing else decides its trace. */
export interface ClusterOptions {
  readonly seed: number;
  /** Kinds, with the definitions of custom resources. */
  readonly kinds: JudgeContext;
  readonly topology?: Topology;
  /** Who may do what: `RBAC` (and Node) where left out. */
  readonly authorization?: 'RBAC' | 'AlwaysAllow';
  /** Admission plugins that are switched on or off; as a server without flags has them where left out. */
  readonly admission?: PluginSwitches;
  /** Networks of Services, one for each family of addresses, that of Services which say nothing first; IPv4 alone where left out. */
  readonly serviceNetworks?: readonly string[];
  /** Whether managedFields are kept; yes where left out. */
  readonly managedFields?: boolean;
  /**
   * Whether the cluster comes with volumes: a default StorageClass, as clusters of kind have it, and a provisioner that
   * serves the classes of all drivers; yes where left out.
   */
  readonly storage?: 'local-path' | 'none';
  /** Storage drivers that tell every kubelet how many volumes its Node can have, as the CSINode then says; none where left out. */
  readonly drivers?: readonly CsiDriver[];
  /**
   * Whether heartbeats of kubelets are told one by one, or those of all together every five seconds, as long as they arrive.
   * Where left out, together in clusters that are large. One by one where the members of etcd are simulated.
   */
  readonly heartbeats?: 'single' | 'together';
  /** Whether metrics-server is there, as `kubectl top` and autoscalers need it; no where left out, as kubeadm has it. */
  readonly metricsServer?: boolean;
  /**
   * Whether the cluster stands in a cloud that makes load balancers for Services; no where left out, as clusters of kubeadm
   * on machines of one's own.
   */
  readonly cloud?: boolean;
  /**
   * Whether there is a controller that serves Ingresses, or Gateways and their HTTPRoutes as well; none where left out, as
   * kubeadm has it.
   */
  readonly ingress?: 'none' | 'ingress' | 'gateway';
  /** How containers behave, the first that fits; defaults where none does. */
  readonly behaviours?: readonly Behaviour[];
  /**
   * The moment at which the cluster comes into being, in milliseconds after 2026-01-01T00:00:00Z; 0 where left out. For who
   * puts real clients in front of it, whose clocks show today.
   */
  readonly beginsAtMs?: number;
  /** Trace entries kept in memory. */
  readonly traceBudget?: number;
}

export const API_SERVER = 'kube-apiserver-0';
const METRICS_SERVER = 'metrics-server';
export const ETCD = 'etcd-';
export const CLIENT = 'client';
export const KUBECTL = 'kubectl';
export const FAULTS = 'faults';
export const TRAFFIC = 'traffic';
/** What kubeadm writes into admin.conf. */
const ADMIN: UserInfo = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

/** Nodes from which on nobody looks at single heartbeats. */
const MANY_NODES = 20;

function beatsTogether(heartbeats: ClusterOptions['heartbeats'], { nodes, etcdMembers }: Topology): boolean {
  if (etcdMembers !== undefined) return false;
  return heartbeats === undefined ? nodes.length > MANY_NODES : heartbeats === 'together';
}

/** Puts every component of a cluster where it runs. */
export function placeCluster(kernel: Kernel, options: ClusterOptions): void {
  const topology = options.topology ?? defaultTopology(3);
  const machine = controlPlaneMachine(topology);
  const podNetwork = podNetworkFor(topology.nodes.length);
  const serviceNetworks = options.serviceNetworks ?? [SERVICE_NETWORK];
  const flags = { clusterCidrs: [podNetwork], serviceCidrs: serviceNetworks };
  const ingress = options.ingress ?? 'none';
  const machines = machinesFor(topology.nodes, machine, API_SERVER, ingress !== 'none');
  const hasStorage = (options.storage ?? 'local-path') === 'local-path';
  const initial = freshCluster({
    serviceNetworks: [...new Set([SERVICE_NETWORK, ...serviceNetworks])],
    controlPlaneIp: machines.byName.get(machine)?.hostIp ?? '',
    nowMs: options.beginsAtMs ?? 0,
    added: [...(hasStorage ? DEFAULT_STORAGE : []), ...(options.metricsServer === true ? METRICS_OBJECTS : [])],
  });
  const etcd = placeEtcd(kernel, topology, options.seed, initial);
  kernel.add(
    { id: API_SERVER, kind: 'kube-apiserver', process: 'kube-apiserver', machine },
    {
      etcd,
      kinds: options.kinds,
      managedFields: options.managedFields ?? true,
      authorization: options.authorization ?? 'RBAC',
      ...(options.metricsServer === true ? { metricsServer: METRICS_SERVER } : {}),
      beatsTogether: beatsTogether(options.heartbeats, topology),
      host: {
        machine,
        ip: machines.byName.get(machine)?.hostIp ?? '',
        hasProxy: topology.nodes.some((node) => nameOf(node) === machine),
      },
      ...(options.serviceNetworks === undefined ? {} : { serviceNetworks }),
      ...(options.admission === undefined ? {} : { admission: options.admission }),
    },
  );
  for (const { name } of API_SERVER_CONTROLLERS)
    kernel.add({ id: `${API_SERVER}/${name}`, kind: name, process: 'kube-apiserver', machine }, { server: API_SERVER });
  kernel.add(
    { id: CONTROLLER_MANAGER, kind: CONTROLLER_MANAGER, process: CONTROLLER_MANAGER, machine },
    { server: API_SERVER, resources: watchedBy(CONTROLLERS) },
  );
  for (const { name } of CONTROLLERS)
    kernel.add(
      { id: name, kind: name, process: CONTROLLER_MANAGER, machine },
      { server: API_SERVER, isInformed: true, flags },
    );
  kernel.add(
    { id: 'kube-scheduler', kind: 'kube-scheduler', process: 'kube-scheduler', machine },
    { server: API_SERVER, machine },
  );
  if (hasStorage) placeStorage(kernel, machine);
  if (options.metricsServer === true)
    kernel.add(
      { id: METRICS_SERVER, kind: 'metrics-server', process: METRICS_SERVER, machine },
      { server: API_SERVER },
    );
  if (options.cloud === true) placeCloud(kernel, machine);
  const hostIp = machines.byName.get(machine)?.hostIp ?? '';
  if (ingress !== 'none') placeIngress(kernel, { machine, hostIp, gateways: ingress === 'gateway' });
  const add: Add = (place, settings) => kernel.add(place, settings);
  const nodeSettings = {
    server: API_SERVER,
    behaviours: options.behaviours ?? [],
    routes: FAULTS,
    drivers: options.drivers ?? [],
    beatsTogether: beatsTogether(options.heartbeats, topology),
  };
  for (const node of topology.nodes) placeNode(add, node, machines, nodeSettings);
  placeNetwork(add, machines, topology.nodes, {
    server: API_SERVER,
    controlPlane: machine,
    podNetwork,
    behaviours: options.behaviours ?? [],
  });
  kernel.add(
    { id: TRAFFIC, kind: 'traffic', process: 'traffic', machine: 'laptop' },
    { server: API_SERVER, user: ADMIN, machines, kubectl: KUBECTL },
  );
  kernel.add({ id: CLIENT, kind: 'client', process: 'client', machine: 'laptop' }, { server: API_SERVER, user: ADMIN });
  kernel.add(
    { id: KUBECTL, kind: 'kubectl', process: 'kubectl', machine: 'laptop' },
    { server: API_SERVER, user: ADMIN, kinds: options.kinds },
  );
  kernel.add(
    { id: FAULTS, kind: 'faults', process: 'faults', machine: 'laptop' },
    { ...nodeSettings, machines, podNetwork },
  );
}

/** The proxy of an ingress controller, and what writes its address. */
function placeIngress(
  kernel: Kernel,
  { machine, ...own }: { readonly machine: string; readonly hostIp: string; readonly gateways: boolean },
): void {
  const process = INGRESS_CONTROLLER;
  kernel.add(
    { id: INGRESS_PROXY, kind: INGRESS_PROXY, process, machine },
    { ...own, server: API_SERVER, linux: `linux/${machine}` },
  );
  const flags = { publishAddress: own.hostIp };
  kernel.add(
    { id: INGRESS_CONTROLLER, kind: INGRESS_CONTROLLER, process, machine },
    { server: API_SERVER, user: INGRESS_USER, agent: INGRESS_CONTROLLER, flags },
  );
}

/** A cloud, and the controller that asks it for load balancers. */
function placeCloud(kernel: Kernel, machine: string): void {
  kernel.add({ id: CLOUD, kind: CLOUD, process: CLOUD, machine: CLOUD });
  kernel.add(
    { id: SERVICE_LB_CONTROLLER, kind: SERVICE_LB_CONTROLLER, process: CLOUD_CONTROLLER_MANAGER, machine },
    { server: API_SERVER, user: CLOUD_USER, agent: CLOUD_CONTROLLER_MANAGER },
  );
}

/** The parts of drivers that run once in a cluster, and what stands between them and the API server. */
function placeStorage(kernel: Kernel, machine: string): void {
  kernel.add(
    { id: 'csi-provisioner', kind: 'csi-provisioner', process: 'csi-provisioner', machine },
    { server: API_SERVER, user: PROVISIONER_USER, agent: 'csi-provisioner' },
  );
  kernel.add(
    { id: 'csi-attacher', kind: 'csi-attacher', process: 'csi-attacher', machine },
    { server: API_SERVER, user: ATTACHER_USER, agent: 'csi-attacher' },
  );
  kernel.add(
    { id: 'csi-resizer', kind: 'csi-resizer', process: 'csi-resizer', machine },
    { server: API_SERVER, user: RESIZER_USER, agent: 'csi-resizer' },
  );
  kernel.add({ id: CSI_CONTROLLER, kind: 'csi-controller', process: CSI_CONTROLLER, machine });
}
