import { nameOf } from '../apimachinery/object.ts';
import { API_SERVER_CONTROLLERS } from './apiserver/own-controllers.ts';
import type { ApiServerSettings } from './apiserver/state.ts';
import type { ComponentId } from './component.ts';
import { CONTROLLERS } from './controllers/controllers.ts';
import type { ManagerFlags } from './controllers/controller.ts';
import { CONTROLLER_MANAGER, watchedBy } from './controllers/shared-informers.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { LeaderElectionSettings } from './leader-election/leader-election.ts';
import { LOAD_BALANCER } from './load-balancer/load-balancer.ts';
import type { Machines } from './network/machines.ts';
import type { Topology } from './topology.ts';
import { controlPlaneMachines, etcdMachines, isHighlyAvailable } from './topology.ts';

export const API_SERVER = 'kube-apiserver-0';
const SCHEDULER = 'kube-scheduler';

/** What every API server of a cluster is started with, but for what names its machine and its etcd. */
type ServerFlags = Omit<ApiServerSettings, 'etcd' | 'host'>;

export interface ControlPlane {
  readonly topology: Topology;
  readonly machines: Machines;
  readonly etcd: readonly ComponentId[];
  readonly server: ServerFlags;
  readonly flags: ManagerFlags;
}

/** The API servers of a cluster, each with its machine. */
export function apiServersOf(topology: Topology): readonly { readonly id: ComponentId; readonly machine: string }[] {
  return controlPlaneMachines(topology).map((machine, index) => ({ id: `kube-apiserver-${index}`, machine }));
}

/** Whom a client on a machine asks: the only API server; or the balancer, but on a machine of the control plane its own. */
export function serverFor(topology: Topology, machine = ''): ComponentId {
  if (!isHighlyAvailable(topology)) return API_SERVER;
  return apiServersOf(topology).find((server) => server.machine === machine)?.id ?? LOAD_BALANCER;
}

/**
 * The processes of each machine of the control plane that end with it, where several share the control plane: each has an
 * API server, a scheduler, a controller manager and, where etcd is stacked, a member of it.
 */
export function controlPlaneProcesses(topology: Topology): ReadonlyMap<string, readonly string[]> {
  if (!isHighlyAvailable(topology)) return new Map();
  const members = etcdMachines(topology);
  return new Map(
    controlPlaneMachines(topology).map((machine, index) => [
      machine,
      [
        ...members.flatMap((place, member) => (place === machine ? [`etcd-${member}`] : [])),
        `kube-apiserver-${index}`,
        `${CONTROLLER_MANAGER}-${index}`,
        `${SCHEDULER}-${index}`,
      ],
    ]),
  );
}

/** The API servers, the controller managers and the schedulers of a cluster. */
export function placeControlPlane(kernel: Kernel, plane: ControlPlane): void {
  const servers = apiServersOf(plane.topology);
  const isShared = isHighlyAvailable(plane.topology);
  servers.forEach(({ id, machine }, index) => {
    placeApiServer(kernel, plane, id, machine, index);
  });
  if (isShared) {
    const settings = { servers: servers.map(({ id }) => id) };
    kernel.add({ id: LOAD_BALANCER, kind: LOAD_BALANCER, process: LOAD_BALANCER, machine: LOAD_BALANCER }, settings);
    for (const { machine } of servers) {
      const id = `static-pods/${machine}`;
      kernel.add({ id, kind: 'static-pods', process: id, machine });
    }
  }
  servers.forEach(({ id, machine }, index) => {
    placeControllerManager(kernel, plane.flags, isShared ? { server: id, machine, index } : { server: id, machine });
  });
  servers.forEach(({ id, machine }, index) => {
    placeScheduler(kernel, isShared ? { server: id, machine, index } : { server: id, machine });
  });
}

function placeApiServer(
  kernel: Kernel,
  { topology, machines, etcd, server }: ControlPlane,
  id: ComponentId,
  machine: string,
  index: number,
): void {
  const isShared = isHighlyAvailable(topology);
  const process = isShared ? id : 'kube-apiserver';
  const ips = machines.byName.get(machine)?.hostIps ?? [];
  const isStacked = isShared && topology.etcd !== 'external';
  const own = isStacked ? [etcd[index]!] : [...etcd.slice(index % etcd.length), ...etcd.slice(0, index % etcd.length)];
  const host = { machine, ips, hasProxy: topology.nodes.some((node) => nameOf(node) === machine) };
  kernel.add({ id, kind: 'kube-apiserver', process, machine }, { ...server, etcd: own, host });
  for (const { name } of API_SERVER_CONTROLLERS)
    kernel.add({ id: `${id}/${name}`, kind: name, process, machine }, { server: id });
  if (!isShared) return;
  const kind = 'kubernetes-service';
  kernel.add({ id: `${id}/${kind}`, kind, process, machine }, { server: id, etcd: own, ip: ips[0] ?? '' });
}

/** `index` where it is one of several, of which one leads. */
interface Instance {
  readonly server: ComponentId;
  readonly machine: string;
  readonly index?: number;
}

function placeControllerManager(kernel: Kernel, flags: ManagerFlags, { server, machine, index }: Instance): void {
  const process = index === undefined ? CONTROLLER_MANAGER : `${CONTROLLER_MANAGER}-${index}`;
  const idOf = (name: string): ComponentId => (index === undefined ? name : `${process}/${name}`);
  const isShared = index !== undefined;
  kernel.add(
    { id: process, kind: CONTROLLER_MANAGER, process, machine },
    { server, resources: watchedBy(CONTROLLERS, idOf), ...(isShared ? { waitsToLead: true } : {}) },
  );
  for (const { name } of CONTROLLERS)
    kernel.add({ id: idOf(name), kind: name, process, machine }, { server, isInformed: true, flags });
  if (isShared)
    placeElection(kernel, {
      ...electionOf(CONTROLLER_MANAGER, server, machine, process),
      reportsAs: CONTROLLER_MANAGER,
      releases: false,
      lostWords: 'leaderelection lost/stopped',
    });
}

function placeScheduler(kernel: Kernel, { server, machine, index }: Instance): void {
  const id = index === undefined ? SCHEDULER : `${SCHEDULER}-${index}`;
  const isShared = index !== undefined;
  kernel.add(
    { id, kind: SCHEDULER, process: id, machine },
    { server, machine, ...(isShared ? { waitsToLead: true } : {}) },
  );
  if (isShared)
    placeElection(kernel, {
      ...electionOf(SCHEDULER, server, machine, id),
      reportsAs: 'default-scheduler',
      releases: true,
      lostWords: 'Leaderelection lost',
    });
}

function electionOf(lease: string, server: ComponentId, machine: string, process: string) {
  const user = { name: `system:${lease}`, groups: ['system:authenticated'] };
  return { server, lease, user, machine, process, tells: [process], keeper: `static-pods/${machine}` } as const;
}

/** The component of an election stands before the others of its process with a slash: `kube-scheduler-0/leader-election`. */
function placeElection(kernel: Kernel, settings: LeaderElectionSettings): void {
  const { process, machine } = settings;
  const kind = 'leader-election';
  kernel.add({ id: `${process}/${kind}`, kind, process, machine }, settings);
}
