import { parseCidr } from '../../apimachinery/ip.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import { arrayAt } from '../../base/json.ts';
import type { ApiClient } from '../client/api-client.ts';
import { THROTTLED, apiClient, sendCall, sendRequest } from '../client/api-client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import { eventRecorder, isRecorderRequest, recordEvent, recorderAnswered } from '../client/event-recorder.ts';
import type { Informer } from '../client/informer.ts';
import { REWATCH, observeWatch, rewatch, startInformer, watchEnded } from '../client/informer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { ApiRequest, ApiResponse, WatchEvent, WatchEvents } from '../messages.ts';
import { SERVICE_NAME } from '../controllers/endpointslice/slice-labels.ts';
import type { FamilySettings, ProxyModeName } from './proxy-mode.ts';
import { proxyMode } from './proxy-modes.ts';
import type { ProxyRules } from './proxy-rules.ts';
import { isProxied } from './proxy-rules.ts';

export interface KubeProxySettings {
  readonly server: ComponentId;
  /** The Node's kernel, which holds the rules. */
  readonly linux: ComponentId;
  readonly node: string;
  readonly mode: ProxyModeName;
  /** The Node's addresses, networks of Pods (`--cluster-cidr`) and of Services, by family. */
  readonly families: readonly FamilySettings[];
}

interface KubeProxyState {
  readonly settings: KubeProxySettings;
  readonly client: ApiClient;
  readonly services: Informer;
  readonly slices: Informer;
  /** Networks of Services, where the mode asks for them. */
  readonly networks: Informer | undefined;
  readonly recorder: EventRecorder;
  /** The Node's zone, once its Node has been read. */
  zone: string | undefined;
  nodeRequest: number;
  readonly startedMs: number;
  /** Services of which something changed since the rules were written, as `namespace/name`. */
  readonly changed: Set<string>;
  /** Trace entries of those changes; the last is the cause of the next writing. */
  cause: number;
  /** When the rules may be written again. */
  restsUntilMs: number;
  isSyncSet: boolean;
  hasSynced: boolean;
}

const SERVICES = { group: '', version: 'v1', plural: 'services' } as const;
const SLICES = { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices' } as const;
const NETWORKS = { group: 'networking.k8s.io', version: 'v1', plural: 'servicecidrs' } as const;
const NODES = { group: '', version: 'v1', plural: 'nodes' } as const;
const SYNC = 'sync';
const READ_NODE = 'read-node';
/** Most names of changed Services that the trace tells. */
const MOST_TOLD = 20;
/** Method with which rules are written, by whatever program. */
export const RESTORE = 'iptables-restore';

/** kube-proxy of one Node: makes of Services and EndpointSlices the rules of the Node's kernel. */
export const kubeProxy: ComponentDefinition<KubeProxyState> = {
  kind: 'kube-proxy',
  start(context, settings) {
    const own = settings as KubeProxySettings;
    const user = { name: 'system:kube-proxy', groups: ['system:node-proxier', 'system:authenticated'] };
    const client = apiClient(own.server, user, 'kube-proxy', context.numbers.clientLimits['kube-proxy']);
    context.timer(0, READ_NODE);
    const recorder = eventRecorder('kube-proxy', own.node);
    if (own.mode === 'ipvs') sayDeprecated(own.node, recorder, client, context);
    return {
      settings: Object.freeze(own),
      client,
      services: startInformer({ resource: SERVICES }, client, context),
      slices: startInformer({ resource: SLICES }, client, context),
      networks: own.mode === 'nftables' ? startInformer({ resource: NETWORKS }, client, context) : undefined,
      recorder,
      zone: undefined,
      nodeRequest: 0,
      startedMs: context.nowMs,
      changed: new Set(),
      cause: 0,
      restsUntilMs: 0,
      isSyncSet: false,
      hasSynced: false,
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') return timer(state, event.name, event.data, context);
    const { message } = event;
    if (message.type === 'watch') watched(state, message, context);
    else if (message.type === 'response') answered(state, message, context);
  },
};

function timer(state: KubeProxyState, name: string, data: unknown, context: Context): void {
  if (name === THROTTLED) return sendRequest(state.client, data as ApiRequest, context);
  if (name === REWATCH) return rewatch(informersOf(state)[data as number]!, state.client, context);
  if (name === READ_NODE) return readNode(state, context);
  if (name === SYNC) sync(state, context);
}

function informersOf({ services, slices, networks }: KubeProxyState): readonly Informer[] {
  return networks === undefined ? [services, slices] : [services, slices, networks];
}

/** Source: cmd/kube-proxy/app/server_linux.go `createProxier`, 1.36. */
function sayDeprecated(node: string, recorder: EventRecorder, client: ApiClient, context: Context): void {
  const about = { apiVersion: 'v1', kind: 'Node', metadata: { name: node, uid: node } };
  const message =
    "The ipvs proxier is now deprecated and may be removed in a future release. Please use 'nftables' instead.";
  recordEvent(recorder, client, { about, type: 'Warning', reason: 'IPVSDeprecation', message }, context);
}

/** Source: pkg/proxy/node.go `NewNodeManager`, 1.36: asks until the Node is there. */
function readNode(state: KubeProxyState, context: Context): void {
  const { node } = state.settings;
  state.nodeRequest = sendCall(state.client, { verb: 'get', resource: NODES, name: node }, context);
}

function answered(state: KubeProxyState, response: ApiResponse, context: Context): void {
  const index = informersOf(state).findIndex(({ watchId }) => watchId === response.id);
  if (index >= 0) return watchEnded(informersOf(state)[index]!, response.code, index, context);
  if (isRecorderRequest(state.recorder, response.id)) return recorderAnswered(state.recorder, response);
  if (response.id !== state.nodeRequest) return;
  const { nodePollMs, nodeTimeoutMs } = context.numbers.kubeProxy;
  const isFound = response.code === 200 && response.body !== undefined;
  if (!isFound && context.nowMs - state.startedMs < nodeTimeoutMs) return context.timer(nodePollMs, READ_NODE);
  state.zone = (isFound && labelsOf(response.body).get('topology.kubernetes.io/zone')) || '';
  changed(state, context);
}

function watched(state: KubeProxyState, message: WatchEvents, context: Context): void {
  const index = informersOf(state).findIndex(({ watchId }) => watchId === message.id);
  const informer = informersOf(state)[index];
  if (informer === undefined) return;
  if (message.ended !== undefined) return watchEnded(informer, message.ended, index, context);
  // A watch that goes on where it ended brings nothing new.
  let concerns = message.isInitialEnd === true && !informer.hasSynced;
  const events = observeWatch(informer, message);
  if (informer === state.networks) concerns ||= events.length > 0;
  else
    for (const event of events) {
      const service = serviceOf(event, index === 0);
      if (service === undefined) continue;
      state.changed.add(service);
      concerns = true;
    }
  if (concerns) changed(state, context);
}

function serviceOf({ object, key }: WatchEvent, isService: boolean): string | undefined {
  if (!isProxied(object)) return undefined;
  if (isService) return key;
  const name = labelsOf(object).get(SERVICE_NAME);
  return name === undefined ? undefined : `${key.slice(0, key.indexOf('/'))}/${name}`;
}

/** Something changed: the rules are written now, or when the last writing is a second ago. */
function changed(state: KubeProxyState, context: Context): void {
  const isReady = informersOf(state).every(({ hasSynced }) => hasSynced) && state.zone !== undefined;
  state.cause = context.cause;
  if (!isReady || state.isSyncSet) return;
  state.isSyncSet = true;
  context.timer(Math.max(0, state.restsUntilMs - context.nowMs), SYNC);
}

/** Source: pkg/proxy/iptables/proxier.go `syncProxyRules`, pkg/proxy/runner/bounded_frequency_runner.go, 1.36. */
function sync(state: KubeProxyState, context: Context): void {
  const { linux, node, mode, families } = state.settings;
  const rules: ProxyRules = Object.freeze({
    services: state.services.view,
    slices: state.slices.view,
    settings: Object.freeze({
      name: node,
      zone: state.zone ?? '',
      mode,
      masqueradeAll: false,
      localhostNodePorts: true,
      families: networksKnown(state.networks, families),
      startedMs: state.startedMs,
    }),
  });
  const services = [...state.changed].sort(compareStrings);
  const detail = {
    full: !state.hasSynced,
    services: services.slice(0, MOST_TOLD),
    ...(services.length > MOST_TOLD ? { more: services.length - MOST_TOLD } : {}),
  };
  state.changed.clear();
  state.isSyncSet = false;
  state.hasSynced = true;
  state.restsUntilMs = context.nowMs + context.numbers.kubeProxy.minSyncPeriodMs;
  context.cause = state.cause;
  context.send(
    linux,
    { type: 'call', id: context.next('sync'), method: RESTORE, parameters: Object.freeze({ rules }) },
    {
      class: 'internal',
      verb: proxyMode(mode).program,
      object: services.length === 1 ? `Service/${services[0]!}` : undefined,
      detail,
    },
  );
}

/** The families with the networks of Services that the cluster's ServiceCIDRs say, where they are watched. */
function networksKnown(networks: Informer | undefined, families: readonly FamilySettings[]): readonly FamilySettings[] {
  if (networks === undefined) return families;
  const known = networks.view.list().flatMap((network) => arrayAt(network, 'spec', 'cidrs').map(String));
  return families.map((own) => ({
    ...own,
    serviceNetworks: [...new Set(known.filter((cidr) => parseCidr(cidr)?.family === own.family))].sort(compareStrings),
  }));
}
