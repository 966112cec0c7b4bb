import type { ApiCall } from './client/api-client.ts';
import { CLOSE, REQUEST, answerOf, heardOn, heardSoFar } from './client/client-component.ts';
import type { Heard, RequestOrder } from './client/client-component.ts';
import { newestOf, objectsOf } from './apiserver/apiserver.ts';
import { storedObjects } from './apiserver/etcd-connection.ts';
import { newestContents } from './etcd/serving.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { assert } from '../base/assert.ts';
import type { FaultOrder } from './faults/fault.ts';
import { INJECT, machinesNow } from './faults/fault-component.ts';
import { meantFault } from './faults/meant-fault.ts';
import type { ManifestFiles } from './kubectl/command.ts';
import type { SaveOrder } from './kubectl/kubectl.ts';
import type { KubectlOrder, KubectlOutcome } from './kubectl/shell-state.ts';
import { INTERRUPT, RUN, SAVE, outcomeOf, progressOf, runningLines, textInEditor } from './kubectl/kubectl.ts';
import type { TextEdit } from './kubectl/text-edit.ts';
import { COMPONENTS } from './components.ts';
import type { ComponentId } from './component.ts';
import { Checkpoints } from './kernel/checkpoints.ts';
import { Kernel } from './kernel/kernel.ts';
import type { Trace } from './kernel/trace.ts';
import type { ApiResponse, UserInfo } from './messages.ts';
import type { ReachAnswer } from '../kinds/shared/network-reach/can-reach.ts';
import type { Machines } from './network/machines.ts';
import { rulesAbout, rulesText, whereToAt, wireAt } from './network/look.ts';
import type { WireStep } from './network/pod-network/wire-step.ts';
import type { WhereTo } from './network/where-to.ts';
import type { ReachWish } from './network/policies/reach-at.ts';
import { reachAt } from './network/policies/reach-at.ts';
import { withAddress } from './network/target-of.ts';
import type { TrafficCount } from './network/traffic-tally.ts';
import type { TrafficOrder, TrafficStart, TrafficView } from './network/traffic.ts';
import { END, SEND, allTraffic, trafficOf } from './network/traffic.ts';
import type { ClusterOptions } from './place-cluster.ts';
import { CLIENT, ETCD, FAULTS, KUBECTL, TRAFFIC, placeCluster } from './place-cluster.ts';
import { apiServersOf } from './place-control-plane.ts';
import { NUMBERS_1_36 } from './release/1.36.ts';
import type { TraceEntry } from './kernel/trace.ts';
import type { Topology } from './topology.ts';
import { defaultTopology } from './topology.ts';

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

/**
 * A simulated cluster: a run up to a moment, and everything that can be asked of it. All synchronous; the same options and
 * the same inputs at the same moments give the same trace.
 */
export class Cluster {
  /** The machines of the cluster, as it was made. */
  readonly topology: Topology;
  private readonly options: ClusterOptions;
  private readonly servers: readonly ComponentId[];
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
    this.topology = options.topology ?? defaultTopology(3);
    this.servers = apiServersOf(this.topology).map(({ id }) => id);
    this.checkpoints = checkpoints;
    this.kernel = kernel;
    this.inputs = [...inputs];
  }

  static create(options: ClusterOptions): Cluster {
    const kernel = new Kernel({
      seed: options.seed,
      numbers: { ...NUMBERS_1_36, clientLimits: { ...NUMBERS_1_36.clientLimits, ...options.clientLimits } },
      definitions: COMPONENTS,
      traceBudget: options.traceBudget ?? 1_000_000,
    });
    kernel.advanceTo(options.beginsAtMs ?? 0);
    placeCluster(kernel, options);
    return new Cluster(options, kernel);
  }

  get nowMs(): number {
    return this.kernel.nowMs;
  }

  /** When the next event happens; undefined where nothing will ever happen. Milliseconds of the run. */
  get nextMs(): number | undefined {
    return this.kernel.nextMs;
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

  /** Makes a request of which every message is wanted, as HTTP clients do; the token finds them until it is closed. */
  open(call: ApiCall, user: UserInfo, agent: string): string {
    const token = String(this.inputs.length + 1);
    const order: RequestOrder = Object.freeze({ token, call, user, agent, isStream: true });
    this.input(CLIENT, REQUEST, order);
    return token;
  }

  /** All that was heard of a request that was opened, oldest first; undefined once it is closed. */
  heardOn(token: string): readonly Heard[] | undefined {
    return heardOn(this.kernel.stateOf(CLIENT), token);
  }

  /** How many messages were heard of requests that were opened: where it has not grown, none is new. */
  get heard(): number {
    return heardSoFar(this.kernel.stateOf(CLIENT));
  }

  /** The client of an opened request goes away, and what was heard is forgotten. */
  close(token: string): void {
    this.input(CLIENT, CLOSE, token);
  }

  /** Ends a process at once (`kubelet/w1`, `kube-scheduler`), or starts it again. */
  setRunning(process: string, isRunning: boolean): void {
    this.take({ process, isRunning });
  }

  /**
   * Runs a line of kubectl now; `files` are what `-f` can name, `edits` what is done each time that its editor opens
   * (none: it waits for `saveText`). The token finds what became of it.
   */
  kubectl(line: string, files: ManifestFiles = {}, edits?: readonly TextEdit[]): string {
    const editor = edits === undefined ? {} : { edits };
    const order: KubectlOrder = Object.freeze({ token: String(this.inputs.length + 1), line, files, ...editor });
    this.input(KUBECTL, RUN, order);
    return order.token;
  }

  /** What a line of kubectl gave; undefined while it runs. */
  outcomeOf(token: string): KubectlOutcome | undefined {
    return outcomeOf(this.kernel.stateOf(KUBECTL), token);
  }

  /** What a line of kubectl that runs has printed so far; undefined once it has ended. */
  progressOf(token: string): ReturnType<typeof progressOf> {
    return progressOf(this.kernel.stateOf(KUBECTL), token);
  }

  /** Ctrl+C: ends a line of kubectl. */
  interrupt(token: string): void {
    this.input(KUBECTL, INTERRUPT, token);
  }

  /** The text that lies in the editor of a line of kubectl; undefined while none is open. */
  textInEditor(token: string): string | undefined {
    return textInEditor(this.kernel.stateOf(KUBECTL), token);
  }

  /** Somebody saves the text of an open editor and closes it. */
  saveText(token: string, text: string): void {
    const order: SaveOrder = Object.freeze({ token, text });
    this.input(KUBECTL, SAVE, order);
  }

  /** Lines of kubectl that have not ended. */
  get runningLines(): readonly string[] {
    return runningLines(this.kernel.stateOf(KUBECTL));
  }

  /** Sends requests from now on, to a name, an address or an object; the token finds how they fare. */
  send(wanted: TrafficOrder): string {
    const order = withAddress(wanted, () => this.objects());
    const start: TrafficStart = Object.freeze({ token: String(this.inputs.length + 1), order: Object.freeze(order) });
    this.input(TRAFFIC, SEND, start);
    return start.token;
  }

  /** Ends requests that have a name: no further one is sent. */
  endRequests(name: string): void {
    this.input(TRAFFIC, END, name);
  }

  /** All requests that somebody sends or sent so far, and how they fared. */
  get traffic(): readonly TrafficView[] {
    return allTraffic(this.kernel.stateOf(TRAFFIC));
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

  /** The way of a packet over the machine that a step tells of, device by device; none where it tells of none. */
  wireOf(entry: TraceEntry, cause: TraceEntry | undefined): readonly WireStep[] {
    return wireAt(this, this.machines, entry, cause);
  }

  /** Whether NetworkPolicies let one end reach the other, and which rule says so; undefined where an end is not there. */
  canReach(wish: ReachWish): ReachAnswer | undefined {
    return reachAt(this.objects(), this.machines, wish);
  }

  /** The rules that kube-proxy last wrote on a Node, as the programs of its mode print them: `iptables-save`, `nft`, `ipvsadm`. */
  rulesOf(node: string): string | undefined {
    return rulesText(this, node);
  }

  /** Of those what is there for one Service. */
  rulesAbout(node: string, service: KubernetesObject): readonly string[] {
    return rulesAbout(this, node, service);
  }

  private get machines(): Machines {
    return machinesNow(this.kernel.stateOf(FAULTS));
  }

  /** Something goes wrong now. A Pod that is meant is the one that has the name now, and so is what a load goes to. */
  fault(wanted: FaultOrder): void {
    this.input(FAULTS, INJECT, Object.freeze(meantFault(wanted, () => this.objects())));
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
    if (this.options.moments !== false) this.checkpoints.keep(this.kernel);
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
    const settlesAtMs = Math.max(this.kernel.nowMs, quietSinceMs + QUIET_MS, this.brokeMs + FELT_MS);
    return pending.pending === 0 && settlesAtMs <= nextMs ? settlesAtMs : undefined;
  }

  /** When something was last written that is no heartbeat. Milliseconds of the run. */
  get quietSinceMs(): number {
    return this.kernel.quietSinceMs;
  }

  /** When something was last broken or mended from outside; long ago where nothing was. Milliseconds of the run. */
  private get brokeMs(): number {
    for (let at = this.kernel.inputs - 1; at >= 0; at--) {
      const { order, timeMs } = this.inputs[at]!;
      if ('process' in order || order.to === FAULTS) return timeMs;
    }
    return -Infinity;
  }

  /** The components of the cluster: where each runs, and whether it does. */
  places(): ReturnType<Kernel['places']> {
    return this.kernel.places();
  }

  /** Everything that the API server holds, the one of several that knows most, or etcd while no API server runs, by resource, namespace and name. */
  objects(): readonly KubernetesObject[] {
    const server = newestOf(this.servers.map((id) => this.kernel.stateOf(id)));
    if (server !== undefined) return objectsOf(server);
    const members = this.kernel.running(ETCD).map((id) => this.kernel.stateOf(id));
    return storedObjects(newestContents(members));
  }

  /** Goes to the state after so many steps, back or forward. */
  seekSteps(steps: number): void {
    const moment = this.checkpoints.before(steps);
    assert(moment !== undefined || steps >= this.kernel.steps, 'no moment of this run was kept');
    if (moment !== undefined && (steps < this.kernel.steps || moment.steps > this.kernel.steps))
      this.kernel = Kernel.from(this.kernel.options, moment);
    const inputs = this.inputs.slice(this.kernel.inputs);
    for (const input of inputs) {
      if (input.steps >= steps) break;
      while (this.kernel.steps < input.steps) if (!this.step()) return;
      if (input.timeMs > this.kernel.nowMs) this.kernel.advanceTo(input.timeMs);
      this.place(input.order);
    }
    while (this.kernel.steps < steps) {
      this.checkpoints.keepNear(this.kernel, steps);
      if (!this.step()) return;
    }
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
/**
 * How long it takes at most until something that broke is felt, though nothing is written meanwhile: a Node whose kubelet
 * is silent is given 50 s from its last heartbeat, is looked at every 5 s, and renews its Lease every 10 s.
 * Source: pkg/controller/nodelifecycle/config/v1alpha1/defaults.go `NodeMonitorGracePeriod`, 1.36.
 */
const FELT_MS = 65_000;
