import type { PluginSwitches } from '../admission/admission-chain.ts';
import { nameOf } from '../apimachinery/object.ts';
import type { JudgeContext } from '../kinds/served-kind.ts';
import type { Behaviour } from './behaviour/behaviour.ts';
import { freshCluster } from './bootstrap/objects.ts';
import type { ComponentId } from './component.ts';
import type { ClientLimits } from './client/client-limits.ts';
import { CLOUD_NODE_LIFECYCLE } from './cloud/cloud-node-lifecycle-controller.ts';
import { CLOUD } from './cloud/cloud.ts';
import { CLOUD_CONTROLLER_MANAGER, CLOUD_USER, SERVICE_LB_CONTROLLER } from './cloud/service-lb-controller.ts';
import { AUTOSCALER_USER, CLUSTER_AUTOSCALER } from './clusterautoscaler/cluster-autoscaler.ts';
import type { AutoscalerFlags } from './clusterautoscaler/loop-state.ts';
import type { NodePool } from './clusterautoscaler/node-pool.ts';
import { mostMachines } from './clusterautoscaler/node-pool.ts';
import { NODE_POOLS } from './clusterautoscaler/pool-provider.ts';
import type { DeviceDriver } from './devicedriver/device-driver.ts';
import { DEVICE_DRIVERS, DRIVERS_USER } from './devicedriver/device-driver.ts';
import { INGRESS_CONTROLLER } from './ingress/ingress-controller.ts';
import { INGRESS_PROXY, INGRESS_USER } from './ingress/ingress-proxy.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { UserInfo } from './messages.ts';
import type { IpFamily } from './network/addresses.ts';
import { familyNumber, familyOf, ownServiceIps, podNetworkFor, serviceNetworkOf } from './network/addresses.ts';
import { primaryIp } from './network/machines.ts';
import type { PodNetworkName } from './network/pod-network/pod-network.ts';
import { DEFAULT_POD_NETWORK } from './network/pod-network/pod-network.ts';
import type { Add } from './network/place-network.ts';
import { machinesFor, placeNetwork } from './network/place-network.ts';
import { apiServersOf, controlPlaneProcesses, placeControlPlane, serverFor } from './place-control-plane.ts';
import { placeEtcd } from './place-etcd.ts';
import { METRICS_ADAPTER } from './metrics-adapter/metrics-adapter.ts';
import { metricsOf } from './metrics-adapter/series.ts';
import { METRICS_OBJECTS } from './metrics-server/objects.ts';
import { OPERATOR } from './operator/operator-component.ts';
import type { ProxyModeName } from './kubeproxy/proxy-mode.ts';
import { DEFAULT_PROXY_MODE } from './kubeproxy/proxy-mode.ts';
import { placeNode } from './place-node.ts';
import type { CsiDriver } from './storage/csi-driver.ts';
import { ATTACHER_USER, RESIZER_USER, PROVISIONER_USER, storageObjects } from './storage/default-class.ts';
import { CSI_CONTROLLER } from './storage/csi-controller.ts';
import { SNAPSHOT_DEFINITIONS, SNAPSHOT_RULES } from './storage/snapshot/definitions.ts';
import {
  CSI_SNAPSHOTTER,
  SNAPSHOTTER_USER,
  SNAPSHOT_CONTROLLER,
  SNAPSHOT_CONTROLLER_USER,
} from './storage/snapshot/resources.ts';
import type { Topology } from './topology.ts';
import { RECOMMENDER_USER, VPA_RECOMMENDER } from './vparecommender/vpa-recommender.ts';
import { addonMachine, controlPlaneMachine, defaultTopology, etcdMachines, zonesOf } from './topology.ts';

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
  /**
   * Families of addresses of Nodes, Pods and Services, that of Services which say nothing first; those of the networks of
   * Services where left out.
   */
  readonly ipFamilies?: readonly IpFamily[];
  /** How Pods of different Nodes reach each other; over bridges and the cloud’s routers where left out. */
  readonly podNetwork?: PodNetworkName;
  /** How kube-proxy makes Nodes send packets on; `iptables` where left out, as Kubernetes has it. */
  readonly proxyMode?: ProxyModeName;
  /** Whether managedFields are kept; yes where left out. */
  readonly managedFields?: boolean;
  /**
   * Whether the cluster comes with volumes: a default StorageClass, as clusters of kind have it, and a provisioner that
   * serves the classes of all drivers; yes where left out.
   */
  readonly storage?: 'local-path' | 'none';
  /** Whether the cluster brings the class `standard`, which is its default; yes where left out. */
  readonly defaultClass?: boolean;
  /**
   * Whether volumes can have snapshots: the cluster has their definitions, the snapshot controller and the snapshotter of
   * the drivers; no where left out, as kubeadm has it, nor where there are no volumes.
   */
  readonly snapshots?: boolean;
  /** Whether it has the definitions too; yes where left out. */
  readonly snapshotDefinitions?: boolean;
  /** Storage drivers that tell every kubelet how many volumes its Node can have, as the CSINode then says; none where left out. */
  readonly drivers?: readonly CsiDriver[];
  /** Drivers of dynamic resource allocation that publish the devices of Nodes; none where left out. */
  readonly deviceDrivers?: readonly DeviceDriver[];
  /**
   * Whether heartbeats of kubelets are told one by one, or those of all together every five seconds, as long as they arrive.
   * Where left out, together in clusters that are large. One by one where the members of etcd are simulated.
   */
  readonly heartbeats?: 'single' | 'together';
  /** Whether metrics-server is there, as `kubectl top` and autoscalers need it; no where left out, as kubeadm has it. */
  readonly metricsServer?: boolean;
  /** Whether the recommender of the Vertical Pod Autoscaler is there; no where left out. */
  readonly verticalPodAutoscaler?: boolean;
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
  /** Flags of the autoscaler of the topology's pools, where they are not as by default. */
  readonly autoscaler?: Partial<AutoscalerFlags>;
  /** How containers behave, the first that fits; defaults where none does. */
  readonly behaviours?: readonly Behaviour[];
  /**
   * The moment at which the cluster comes into being, in milliseconds after 2026-01-01T00:00:00Z; 0 where left out. For who
   * puts real clients in front of it, whose clocks show today.
   */
  readonly beginsAtMs?: number;
  /** How fast clients may ask the API server, where flags say otherwise than the release does. */
  readonly clientLimits?: ClientLimits;
  /** Trace entries kept in memory. */
  readonly traceBudget?: number;
  /** Whether moments are kept, so that the run can go back; yes where left out. Of a large cluster they are half of the memory. */
  readonly moments?: boolean;
}

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

function beatsTogether(heartbeats: ClusterOptions['heartbeats'], topology: Topology): boolean {
  const { nodes } = topology;
  if (etcdMachines(topology).length > 0) return false;
  return heartbeats === undefined ? nodes.length > MANY_NODES : heartbeats === 'together';
}

/** Puts every component of a cluster where it runs. */
export function placeCluster(kernel: Kernel, options: ClusterOptions): void {
  const topology = options.topology ?? defaultTopology(3);
  const machine = addonMachine(topology);
  const { families, serviceNetworks } = networksOf(options);
  const podNetworks = families.map((family) => podNetworkFor(family, mostMachines(topology)));
  const network = {
    proxyMode: options.proxyMode ?? DEFAULT_PROXY_MODE,
    podNetworks,
    serviceNetworks,
  };
  const ingress = options.ingress ?? 'none';
  const ofAll = {
    families,
    dnsIp: ownServiceIps(serviceNetworks).dns,
    podNetwork: options.podNetwork ?? DEFAULT_POD_NETWORK,
  };
  const machines = machinesFor(topology.nodes, apiServersOf(topology), machine, ofAll, ingress !== 'none');
  const hostIps = machines.byName.get(machine)?.hostIps ?? [];
  const hasStorage = (options.storage ?? 'local-path') === 'local-path';
  const hasSnapshots = hasStorage && options.snapshots === true;
  const initial = freshCluster({
    serviceNetworks,
    controlPlaneIp: primaryIp(machines.byName.get(controlPlaneMachine(topology))),
    dnsIp: hostIps[0] ?? '',
    nowMs: options.beginsAtMs ?? 0,
    added: [
      ...(hasStorage ? storageObjects(options.defaultClass ?? true) : []),
      ...(hasSnapshots ? SNAPSHOT_RULES : []),
      ...(hasSnapshots && (options.snapshotDefinitions ?? true) ? SNAPSHOT_DEFINITIONS : []),
      ...(options.metricsServer === true ? METRICS_OBJECTS : []),
    ],
  });
  const etcd = placeEtcd(kernel, topology, options.seed, initial);
  const isTogether = beatsTogether(options.heartbeats, topology);
  const series = metricsOf(options.behaviours ?? []);
  placeControlPlane(kernel, {
    topology,
    machines,
    etcd,
    server: {
      kinds: options.kinds,
      managedFields: options.managedFields ?? true,
      authorization: options.authorization ?? 'RBAC',
      ...(options.metricsServer === true ? { metricsServer: METRICS_SERVER } : {}),
      ...(series.length > 0 ? { metricsAdapter: { component: METRICS_ADAPTER, metrics: series } } : {}),
      beatsTogether: isTogether,
      serviceNetworks,
      ...(options.admission === undefined ? {} : { admission: options.admission }),
    },
    flags: { clusterCidrs: podNetworks, serviceCidrs: serviceNetworks },
  });
  const server = serverFor(topology);
  if (hasStorage) placeStorage(kernel, machine, server);
  if (hasSnapshots) placeSnapshots(kernel, machine, server);
  if (options.metricsServer === true)
    kernel.add({ id: METRICS_SERVER, kind: 'metrics-server', process: METRICS_SERVER, machine }, { server });
  if (series.length > 0)
    kernel.add({ id: METRICS_ADAPTER, kind: METRICS_ADAPTER, process: METRICS_ADAPTER, machine }, { server, series });
  const { deviceDrivers = [] } = options;
  if (deviceDrivers.length > 0)
    kernel.add(
      { id: DEVICE_DRIVERS, kind: DEVICE_DRIVERS, process: DEVICE_DRIVERS, machine },
      { server, user: DRIVERS_USER, agent: DEVICE_DRIVERS, flags: { deviceDrivers } },
    );
  if (options.verticalPodAutoscaler === true)
    kernel.add(
      { id: VPA_RECOMMENDER, kind: VPA_RECOMMENDER, process: VPA_RECOMMENDER, machine },
      { server, user: RECOMMENDER_USER, agent: VPA_RECOMMENDER },
    );
  placeOperators(kernel, machine, server, options.behaviours ?? []);
  if (options.cloud === true) placeCloud(kernel, machine, server);
  if (topology.pools !== undefined)
    placePools(kernel, { machine, server, pools: topology.pools, own: options.autoscaler });
  if (ingress !== 'none') placeIngress(kernel, { machine, server, hostIps, gateways: ingress === 'gateway' });
  const add: Add = (place, settings) => kernel.add(place, settings);
  const nodeSettings = {
    server,
    behaviours: options.behaviours ?? [],
    routes: FAULTS,
    drivers: options.drivers ?? [],
    beatsTogether: isTogether,
  };
  for (const node of topology.nodes)
    placeNode(add, node, machines, { ...nodeSettings, server: serverFor(topology, nameOf(node)) });
  placeNetwork(add, machines, topology.nodes, {
    server,
    addons: machine,
    network,
    behaviours: options.behaviours ?? [],
  });
  kernel.add(
    { id: TRAFFIC, kind: 'traffic', process: 'traffic', machine: 'laptop' },
    { server, user: ADMIN, machines, kubectl: KUBECTL },
  );
  kernel.add({ id: CLIENT, kind: 'client', process: 'client', machine: 'laptop' }, { server, user: ADMIN });
  kernel.add(
    { id: KUBECTL, kind: 'kubectl', process: 'kubectl', machine: 'laptop' },
    { server, user: ADMIN, kinds: options.kinds },
  );
  kernel.add(
    { id: FAULTS, kind: 'faults', process: 'faults', machine: 'laptop' },
    { ...nodeSettings, machines, network, controlPlane: controlPlaneProcesses(topology), zones: zonesOf(topology) },
  );
}

/** The families of a cluster and its networks of Services, each of which follows from the other where only one is given. */
function networksOf({ ipFamilies, serviceNetworks }: ClusterOptions): {
  readonly families: readonly (4 | 6)[];
  readonly serviceNetworks: readonly string[];
} {
  const families = ipFamilies?.map(familyNumber) ?? serviceNetworks?.map(familyOf) ?? [4];
  return { families, serviceNetworks: serviceNetworks ?? families.map(serviceNetworkOf) };
}

/** The proxy of an ingress controller, and what writes its address. */
function placeIngress(
  kernel: Kernel,
  {
    machine,
    server,
    ...own
  }: {
    readonly machine: string;
    readonly server: ComponentId;
    readonly hostIps: readonly string[];
    readonly gateways: boolean;
  },
): void {
  const process = INGRESS_CONTROLLER;
  kernel.add(
    { id: INGRESS_PROXY, kind: INGRESS_PROXY, process, machine },
    { ...own, server, linux: `linux/${machine}` },
  );
  const flags = { publishAddress: own.hostIps[0] ?? '' };
  kernel.add(
    { id: INGRESS_CONTROLLER, kind: INGRESS_CONTROLLER, process, machine },
    { server, user: INGRESS_USER, agent: INGRESS_CONTROLLER, flags },
  );
}

/** A cloud, and the controller that asks it for load balancers. */
function placeCloud(kernel: Kernel, machine: string, server: ComponentId): void {
  kernel.add({ id: CLOUD, kind: CLOUD, process: CLOUD, machine: CLOUD });
  kernel.add(
    { id: SERVICE_LB_CONTROLLER, kind: SERVICE_LB_CONTROLLER, process: CLOUD_CONTROLLER_MANAGER, machine },
    { server, user: CLOUD_USER, agent: CLOUD_CONTROLLER_MANAGER },
  );
}

/** The operators that a script gives, the first of each name. */
function placeOperators(kernel: Kernel, machine: string, server: ComponentId, behaviours: readonly Behaviour[]): void {
  const placed = new Set<string>();
  for (const { match, operator: given } of behaviours) {
    const { operator: name } = match;
    if (name === undefined || given === undefined || placed.has(name)) continue;
    placed.add(name);
    const id = `${OPERATOR}-${name}`;
    const operator = Object.freeze({ ...given, name });
    kernel.add({ id, kind: OPERATOR, process: id, machine }, { server, operator });
  }
}

/** Pools of machines in a cloud, what deletes Nodes without a machine, and the autoscaler. */
function placePools(
  kernel: Kernel,
  {
    machine,
    server,
    pools,
    own,
  }: {
    readonly machine: string;
    readonly server: ComponentId;
    readonly pools: readonly NodePool[];
    readonly own: Partial<AutoscalerFlags> | undefined;
  },
): void {
  kernel.add({ id: NODE_POOLS, kind: NODE_POOLS, process: NODE_POOLS, machine: CLOUD }, { pools, machineRoom: FAULTS });
  kernel.add(
    { id: CLOUD_NODE_LIFECYCLE, kind: CLOUD_NODE_LIFECYCLE, process: CLOUD_CONTROLLER_MANAGER, machine },
    { server, user: CLOUD_USER, agent: CLOUD_CONTROLLER_MANAGER },
  );
  const autoscaler = { pools, flags: { ...kernel.options.numbers.clusterAutoscaler, ...own } };
  kernel.add(
    { id: CLUSTER_AUTOSCALER, kind: CLUSTER_AUTOSCALER, process: CLUSTER_AUTOSCALER, machine },
    { server, user: AUTOSCALER_USER, agent: CLUSTER_AUTOSCALER, flags: { autoscaler } },
  );
}

/** The parts of drivers that run once in a cluster, and what stands between them and the API server. */
function placeStorage(kernel: Kernel, machine: string, server: ComponentId): void {
  kernel.add(
    { id: 'csi-provisioner', kind: 'csi-provisioner', process: 'csi-provisioner', machine },
    { server, user: PROVISIONER_USER, agent: 'csi-provisioner' },
  );
  kernel.add(
    { id: 'csi-attacher', kind: 'csi-attacher', process: 'csi-attacher', machine },
    { server, user: ATTACHER_USER, agent: 'csi-attacher' },
  );
  kernel.add(
    { id: 'csi-resizer', kind: 'csi-resizer', process: 'csi-resizer', machine },
    { server, user: RESIZER_USER, agent: 'csi-resizer' },
  );
  kernel.add({ id: CSI_CONTROLLER, kind: 'csi-controller', process: CSI_CONTROLLER, machine });
}

/** The controller of snapshots, and the snapshotter of the drivers. */
function placeSnapshots(kernel: Kernel, machine: string, server: ComponentId): void {
  for (const [id, user] of [
    [SNAPSHOT_CONTROLLER, SNAPSHOT_CONTROLLER_USER],
    [CSI_SNAPSHOTTER, SNAPSHOTTER_USER],
  ] as const)
    kernel.add({ id, kind: id, process: id, machine }, { server, user, agent: id });
}
