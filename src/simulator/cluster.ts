import type { PluginSwitches } from '../admission/admission-chain.ts';
import type { ApiCall } from './client/api-client.ts';
import { REQUEST, answerOf } from './client/client-component.ts';
import type { RequestOrder } from './client/client-component.ts';
import { objectsOf } from './apiserver/apiserver.ts';
import { API_SERVER_CONTROLLERS } from './apiserver/own-controllers.ts';
import { storedObjects } from './apiserver/etcd-connection.ts';
import { newestContents } from './etcd/serving.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { FaultOrder } from './faults/fault.ts';
import { INJECT, machinesNow } from './faults/fault-component.ts';
import { FAULTS as FAULT_DEFINITIONS } from './faults/faults.ts';
import type { ManifestFiles } from './kubectl/command.ts';
import type { KubectlOrder, KubectlOutcome } from './kubectl/kubectl.ts';
import { RUN, outcomeOf, runningLines } from './kubectl/kubectl.ts';
import { freshCluster } from './bootstrap/objects.ts';
import { COMPONENTS } from './components.ts';
import type { ComponentId } from './component.ts';
import { CONTROLLERS } from './controllers/controllers.ts';
import { CONTROLLER_MANAGER, watchedBy } from './controllers/shared-informers.ts';
import type { Behaviour } from './behaviour/behaviour.ts';
import type { JudgeContext } from '../kinds/served-kind.ts';
import { Checkpoints } from './kernel/checkpoints.ts';
import { Kernel } from './kernel/kernel.ts';
import type { Trace } from './kernel/trace.ts';
import type { ApiResponse, UserInfo } from './messages.ts';
import { nameOf, namespaceOf } from '../apimachinery/object.ts';
import { stringAt } from '../base/json.ts';
import type { Machines } from './network/machines.ts';
import { SERVICE_NETWORK, podNetworkFor } from './network/machines.ts';
import type { Add } from './network/place-network.ts';
import { machinesFor, placeNetwork } from './network/place-network.ts';
import { rulesText, whereToAt } from './network/look.ts';
import type { WhereTo } from './network/where-to.ts';
import type { TrafficCount, TrafficOrder, TrafficStart } from './network/traffic.ts';
import { SEND, trafficOf } from './network/traffic.ts';
import { METRICS_OBJECTS } from './metrics-server/objects.ts';
import { placeNode } from './place-node.ts';
import type { Topology } from './topology.ts';
import { controlPlaneMachine, defaultTopology } from './topology.ts';
import { placeEtcd } from './place-etcd.ts';
import { NUMBERS_1_36 } from './release/1.36.ts';
import { DEFAULT_STORAGE, PROVISIONER_USER } from './storage/default-class.ts';

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
  /** Whether managedFields are kept; yes where left out. */
  readonly managedFields?: boolean;
  /**
   * Whether the cluster comes with volumes: a default StorageClass, as clusters of kind have it, and a provisioner that
   * serves the classes of all drivers; yes where left out.
   */
  readonly storage?: 'local-path' | 'none';
  /** Whether metrics-server is there, as `kubectl top` and autoscalers need it; no where left out, as kubeadm has it. */
  readonly metricsServer?: boolean;
  /** How containers behave, the first that fits; defaults where none does. */
  readonly behaviours?: readonly Behaviour[];
  /** Trace entries kept in memory. */
  readonly traceBudget?: number;
}

/** Something done to the cluster from outside, at a moment of the run. */
interface Input {
  readonly timeMs: number;
  /** Steps done before it. */
  readonly steps: number;
  readonly order: Order;
}

/** A timer of a component, or a process that is started or ends. */
type Order =
  | { readonly to: ComponentId; readonly name: string; readonly data: unknown }
  | { readonly process: string; readonly isRunning: boolean };

const API_SERVER = 'kube-apiserver-0';
const METRICS_SERVER = 'metrics-server';
const ETCD = 'etcd-';
const CLIENT = 'client';
const KUBECTL = 'kubectl';
const FAULTS = 'faults';
const TRAFFIC = 'traffic';
/** What kubeadm writes into admin.conf. */
const ADMIN: UserInfo = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

/**
 * A simulated cluster: a run up to a moment, and everything that can be asked of it. All synchronous; the same options and
 * the same inputs at the same moments give the same trace.
 */
export class Cluster {
  private readonly options: ClusterOptions;
  private kernel: Kernel;
  private readonly checkpoints: Checkpoints;
  private readonly inputs: Input[];

  private constructor(
    options: ClusterOptions,
    kernel: Kernel,
    inputs: readonly Input[] = [],
    checkpoints = new Checkpoints(),
  ) {
    this.options = options;
    this.checkpoints = checkpoints;
    this.kernel = kernel;
    this.inputs = [...inputs];
  }

  static create(options: ClusterOptions): Cluster {
    const kernel = new Kernel({
      seed: options.seed,
      numbers: NUMBERS_1_36,
      definitions: COMPONENTS,
      traceBudget: options.traceBudget ?? 1_000_000,
    });
    const topology = options.topology ?? defaultTopology(3);
    const machine = controlPlaneMachine(topology);
    const podNetwork = podNetworkFor(topology.nodes.length);
    const flags = { clusterCidrs: [podNetwork], serviceCidrs: [SERVICE_NETWORK] };
    const machines = machinesFor(topology.nodes, machine, API_SERVER);
    const hasStorage = (options.storage ?? 'local-path') === 'local-path';
    const initial = freshCluster(SERVICE_NETWORK, machines.byName.get(machine)?.hostIp ?? '', [
      ...(hasStorage ? DEFAULT_STORAGE : []),
      ...(options.metricsServer === true ? METRICS_OBJECTS : []),
    ]);
    const etcd = placeEtcd(kernel, topology, options.seed, initial);
    kernel.add(
      { id: API_SERVER, kind: 'kube-apiserver', process: 'kube-apiserver', machine },
      {
        etcd,
        kinds: options.kinds,
        managedFields: options.managedFields ?? true,
        authorization: options.authorization ?? 'RBAC',
        ...(options.metricsServer === true ? { metricsServer: METRICS_SERVER } : {}),
        ...(options.admission === undefined ? {} : { admission: options.admission }),
      },
    );
    for (const { name } of API_SERVER_CONTROLLERS)
      kernel.add(
        { id: `${API_SERVER}/${name}`, kind: name, process: 'kube-apiserver', machine },
        { server: API_SERVER },
      );
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
    if (hasStorage)
      kernel.add(
        { id: 'csi-provisioner', kind: 'csi-provisioner', process: 'csi-provisioner', machine },
        { server: API_SERVER, user: PROVISIONER_USER, agent: 'csi-provisioner' },
      );
    if (options.metricsServer === true)
      kernel.add(
        { id: METRICS_SERVER, kind: 'metrics-server', process: METRICS_SERVER, machine },
        { server: API_SERVER },
      );
    const add: Add = (place, settings) => kernel.add(place, settings);
    const nodeSettings = { server: API_SERVER, behaviours: options.behaviours ?? [], routes: FAULTS };
    for (const node of topology.nodes) placeNode(add, node, machines, nodeSettings);
    placeNetwork(add, machines, topology.nodes, {
      server: API_SERVER,
      controlPlane: machine,
      podNetwork,
    });
    kernel.add(
      { id: TRAFFIC, kind: 'traffic', process: 'traffic', machine: 'laptop' },
      { server: API_SERVER, user: ADMIN, machines },
    );
    kernel.add(
      { id: CLIENT, kind: 'client', process: 'client', machine: 'laptop' },
      { server: API_SERVER, user: ADMIN },
    );
    kernel.add(
      { id: KUBECTL, kind: 'kubectl', process: 'kubectl', machine: 'laptop' },
      { server: API_SERVER, user: ADMIN, kinds: options.kinds },
    );
    kernel.add(
      { id: FAULTS, kind: 'faults', process: 'faults', machine: 'laptop' },
      { ...nodeSettings, machines, podNetwork },
    );
    return new Cluster(options, kernel);
  }

  get nowMs(): number {
    return this.kernel.nowMs;
  }

  /** Events that have happened so far. */
  get steps(): number {
    return this.kernel.steps;
  }

  get trace(): Trace {
    return this.kernel.trace;
  }

  /** Makes a request now, as somebody outside the cluster; the token finds its answer. */
  request(call: ApiCall, user?: UserInfo): string {
    const order: RequestOrder = {
      token: String(this.inputs.length + 1),
      call,
      ...(user === undefined ? {} : { user }),
    };
    this.input(CLIENT, REQUEST, order);
    return order.token;
  }

  /** Ends a process at once (`kubelet/w1`, `kube-scheduler`), or starts it again. */
  setRunning(process: string, isRunning: boolean): void {
    this.take({ process, isRunning });
  }

  /** Runs a line of kubectl now; `files` are what `-f` can name. The token finds what became of it. */
  kubectl(line: string, files: ManifestFiles = {}): string {
    const order: KubectlOrder = Object.freeze({ token: String(this.inputs.length + 1), line, files });
    this.input(KUBECTL, RUN, order);
    return order.token;
  }

  /** What a line of kubectl gave; undefined while it runs. */
  outcomeOf(token: string): KubectlOutcome | undefined {
    return outcomeOf(this.kernel.stateOf(KUBECTL), token);
  }

  /** Lines of kubectl that have not ended. */
  get runningLines(): readonly string[] {
    return runningLines(this.kernel.stateOf(KUBECTL));
  }

  /** Sends requests from now on; the token finds how they fare. */
  send(order: TrafficOrder): string {
    const start: TrafficStart = Object.freeze({ token: String(this.inputs.length + 1), order: Object.freeze(order) });
    this.input(TRAFFIC, SEND, start);
    return start.token;
  }

  /** How the requests of an order fared so far. */
  trafficOf(token: string): TrafficCount | undefined {
    return trafficOf(this.kernel.stateOf(TRAFFIC), token);
  }

  /** Where a request would go now, with every hop and rule; undefined where there is no such sender. */
  whereTo(wish: Omit<TrafficOrder, 'timeoutMs'>): WhereTo | undefined {
    const pods = this.objects().filter(({ kind }) => kind === 'Pod');
    return whereToAt(this, this.machines, pods, wish);
  }

  /** The rules that kube-proxy last wrote on a Node, as `iptables-save` prints them. */
  rulesOf(node: string): string | undefined {
    return rulesText(this, node);
  }

  private get machines(): Machines {
    return machinesNow(this.kernel.stateOf(FAULTS));
  }

  /** Something goes wrong now. A Pod that is meant is the one that has the name now. */
  fault(order: FaultOrder): void {
    const pod = FAULT_DEFINITIONS.get(order.fault)?.target === 'Pod' ? this.podNamed(order.target ?? '') : undefined;
    this.input(FAULTS, INJECT, Object.freeze(pod === undefined ? order : { ...order, pod }));
  }

  private podNamed(key: string): FaultOrder['pod'] {
    const found = this.objects().find(
      (object) => object.kind === 'Pod' && `${namespaceOf(object) ?? ''}/${nameOf(object)}` === key,
    );
    const [uid, node] = [stringAt(found, 'metadata', 'uid'), stringAt(found, 'spec', 'nodeName')];
    return uid === undefined || node === undefined ? undefined : { uid, node };
  }

  /** What will happen that does not happen for ever: the component and what it waits for, the next first. */
  pendingWork(): readonly { readonly component: ComponentId; readonly what: string; readonly atMs: number }[] {
    return this.kernel.pending
      .entries()
      .filter(({ periodic }) => !periodic)
      .toSorted((a, b) => a.timeMs - b.timeMs || a.seq - b.seq)
      .map(({ to, event, timeMs }) => ({
        component: to,
        what: event.type === 'timer' ? event.name : event.message.type,
        atMs: timeMs,
      }));
  }

  answerTo(token: string): ApiResponse | undefined {
    return answerOf(this.kernel.stateOf(CLIENT), token);
  }

  /** One event; false where nothing is left to happen. */
  step(): boolean {
    this.checkpoints.keep(this.kernel);
    return this.kernel.step();
  }

  /** Runs up to a moment of the run, in milliseconds. */
  runUntil(timeMs: number): void {
    while ((this.kernel.nextMs ?? Infinity) <= timeMs) this.step();
    if (timeMs > this.kernel.nowMs) this.kernel.advanceTo(timeMs);
  }

  /**
   * Runs until nothing more will happen but what happens for ever: only periodic timers remain, and nothing was written
   * but heartbeats for a minute. False where that is not so at the limit, in milliseconds of the run.
   */
  runUntilSettled(limitMs: number): boolean {
    for (;;) {
      const { settlesAtMs } = this;
      if (settlesAtMs !== undefined && settlesAtMs <= limitMs) {
        this.kernel.advanceTo(settlesAtMs);
        return true;
      }
      if ((this.kernel.nextMs ?? Infinity) > limitMs) return false;
      this.step();
    }
  }

  /**
   * When it can be said that nothing more will happen but what happens for ever, as things stand; undefined while
   * something is on its way. Milliseconds of the run.
   */
  get settlesAtMs(): number | undefined {
    const { pending, quietSinceMs, nextMs = Infinity } = this.kernel;
    const settlesAtMs = Math.max(this.kernel.nowMs, quietSinceMs + QUIET_MS);
    return pending.pending === 0 && settlesAtMs <= nextMs ? settlesAtMs : undefined;
  }

  /** The components of the cluster: where each runs, and whether it does. */
  places(): ReturnType<Kernel['places']> {
    return this.kernel.places();
  }

  /** Everything that the API server holds, or etcd while no API server runs, by resource, namespace and name. */
  objects(): readonly KubernetesObject[] {
    const server = this.kernel.stateOf(API_SERVER);
    if (server !== undefined) return objectsOf(server);
    const members = this.kernel.running(ETCD).map((id) => this.kernel.stateOf(id));
    return storedObjects(newestContents(members));
  }

  /** Goes to the state after so many steps, back or forward. */
  seekSteps(steps: number): void {
    const moment = this.checkpoints.before(steps);
    if (moment !== undefined && (steps < this.kernel.steps || moment.steps > this.kernel.steps))
      this.kernel = Kernel.from(this.kernel.options, moment);
    const inputs = this.inputs.slice(this.kernel.inputs);
    for (const input of inputs) {
      if (input.steps >= steps) break;
      while (this.kernel.steps < input.steps) if (!this.step()) return;
      if (input.timeMs > this.kernel.nowMs) this.kernel.advanceTo(input.timeMs);
      this.place(input.order);
    }
    while (this.kernel.steps < steps) if (!this.step()) return;
  }

  /** A second run with the same past that goes on from here; both go their own way. */
  fork(): Cluster {
    const kernel = Kernel.from(this.kernel.options, this.kernel.checkpoint());
    const inputs = this.inputs.slice(0, this.kernel.inputs);
    return new Cluster(this.options, kernel, inputs, this.checkpoints.upTo(this.kernel.steps));
  }

  stateOf(id: ComponentId): unknown {
    return this.kernel.stateOf(id);
  }

  private input(to: ComponentId, name: string, data: unknown): void {
    this.take({ to, name, data });
  }

  private take(order: Order): void {
    // What was done later, before somebody went back to now, is no part of this run any more.
    this.inputs.splice(this.kernel.inputs);
    this.checkpoints.forgetAfter(this.kernel.steps);
    this.inputs.push({ timeMs: this.kernel.nowMs, steps: this.kernel.steps, order });
    this.place(order);
  }

  private place(order: Order): void {
    if ('process' in order) this.kernel.switchProcess(order.process, order.isRunning);
    else this.kernel.input(order.to, { type: 'timer', name: order.name, data: order.data });
  }
}

/** How long nothing is written in a cluster that has settled. */
const QUIET_MS = 60_000;
