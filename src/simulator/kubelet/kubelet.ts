import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../base/json.ts';
import type { ApiClient } from '../client/api-client.ts';
import { THROTTLED, apiClient, sendCall, sendRequest } from '../client/api-client.ts';
import type { Informer } from '../client/informer.ts';
import { REWATCH, observeWatch, rewatch, startInformer, watchEnded } from '../client/informer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { microTimeOf, timeOf } from '../kernel/clock.ts';
import type { ApiRequest, ResourceName } from '../messages.ts';
import { runningStatus } from './pod-status.ts';

const PODS: ResourceName = { group: '', version: 'v1', plural: 'pods' };
const NODES: ResourceName = { group: '', version: 'v1', plural: 'nodes' };

export interface KubeletSettings {
  readonly server: ComponentId;
  readonly node: KubernetesObject;
  /** First three numbers of its Pods' addresses: `10.244.1`. */
  readonly podNetwork: string;
}

interface KubeletState {
  readonly client: ApiClient;
  readonly settings: KubeletSettings;
  readonly pods: Informer;
  /** What a request was for. */
  readonly requests: Map<number, 'register' | 'status' | 'delete'>;
  /** Pods that are being started or run here, by uid. */
  readonly running: Map<string, { readonly key: string; readonly ip: string }>;
  addresses: number;
}

const LEASES: ResourceName = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' };
const LEASE_NAMESPACE = 'kube-node-lease';
/** Source: pkg/kubelet/apis/config/v1beta1/defaults.go `NodeLeaseDurationSeconds`; renewed after a quarter, 1.36. */
const LEASE_SECONDS = 40;
const RENEW_MS = (LEASE_SECONDS * 1000) / 4;
const REGISTER = 'register';
const RENEW = 'renew';
const STARTED = 'started';
const STOPPED = 'stopped';

/** How long until a container runs, and until it has stopped. Assumed for the simulation. */
const START_MS = 800;
const STOP_MS = 200;
const RETRY_MS = 1000;

/** kubelet: makes of the Pods that are bound to its Node containers that run, and tells what became of them. */
export const kubelet: ComponentDefinition<KubeletState> = {
  kind: 'kubelet',
  start(context, settings) {
    const own = settings as KubeletSettings;
    const name = nameOf(own.node);
    const user = { name: `system:node:${name}`, groups: ['system:nodes', 'system:authenticated'] };
    const client = apiClient(own.server, user, 'kubelet', context.numbers.clientLimits['kubelet']);
    context.timer(0, REGISTER);
    context.timer(0, RENEW, 'create', { periodic: true });
    return {
      client,
      settings: Object.freeze(own),
      pods: startInformer({ resource: PODS, fieldSelector: `spec.nodeName=${name}` }, client, context),
      requests: new Map(),
      running: new Map(),
      addresses: 0,
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') return timer(state, event.name, event.data, context);
    const { message } = event;
    if (message.type === 'response') {
      const what = state.requests.get(message.id);
      state.requests.delete(message.id);
      if (message.id === state.pods.watchId) watchEnded(state.pods, message.code, 0, context);
      else if (what === 'register') registered(state, message.code, context);
      else if (what === 'status' && message.code === 0) context.timer(RETRY_MS, REGISTER);
      return;
    }
    if (message.type !== 'watch' || message.id !== state.pods.watchId) return;
    if (message.ended !== undefined) return watchEnded(state.pods, message.ended, 0, context);
    for (const { type, object } of observeWatch(state.pods, message)) {
      const uid = nameAt(object, 'metadata', 'uid') ?? '';
      if (type === 'DELETED') state.running.delete(uid);
      else podChanged(state, uid, object, context);
    }
  },
};

function timer(state: KubeletState, name: string, data: unknown, context: Context): void {
  const { client } = state;
  if (name === THROTTLED) return sendRequest(client, data as ApiRequest, context);
  if (name === REWATCH) return rewatch(state.pods, client, context);
  if (name === RENEW) return renewLease(state, data as 'create' | 'update', context);
  if (name === REGISTER) {
    const { node } = state.settings;
    state.requests.set(sendCall(client, { verb: 'create', resource: NODES, body: node }, context), 'register');
  } else if (name === STARTED) started(state, data as string, context);
  else if (name === STOPPED) stopped(state, data as string, context);
}

/** Tells every ten seconds that the Node is there. */
function renewLease(state: KubeletState, verb: 'create' | 'update', context: Context): void {
  const name = nameOf(state.settings.node);
  const spec = { holderIdentity: name, leaseDurationSeconds: LEASE_SECONDS, renewTime: microTimeOf(context.nowMs) };
  const body = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: LEASE_NAMESPACE },
    spec,
  };
  const call = { resource: LEASES, namespace: LEASE_NAMESPACE, body } as const;
  if (verb === 'create') sendCall(state.client, { ...call, verb: 'create' }, context);
  else sendCall(state.client, { ...call, verb: 'patch', name, options: { patchType: 'merge' } }, context);
  context.timer(RENEW_MS, RENEW, 'update', { periodic: true });
}

function registered(state: KubeletState, code: number, context: Context): void {
  if (code === 0) return context.timer(RETRY_MS, REGISTER);
  const { node } = state.settings;
  const now = timeOf(context.nowMs);
  const ready = {
    type: 'Ready',
    status: 'True',
    lastHeartbeatTime: now,
    lastTransitionTime: now,
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
  };
  const { capacity, allocatable } = (objectAt(node, 'status') ?? {}) as JsonObject;
  const status = { capacity: capacity ?? {}, allocatable: allocatable ?? capacity ?? {}, conditions: [ready] };
  patchStatus(state, NODES, node, status, context);
}

function patchStatus(
  state: KubeletState,
  resource: ResourceName,
  object: KubernetesObject,
  status: JsonObject,
  context: Context,
): void {
  const namespace = namespaceOf(object);
  const call = {
    verb: 'patch',
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    name: nameOf(object),
    subresource: 'status',
    options: { patchType: 'strategic' },
    body: { apiVersion: object.apiVersion, kind: object.kind, status },
  } as const;
  state.requests.set(sendCall(state.client, call, context), 'status');
}

function podChanged(state: KubeletState, uid: string, pod: KubernetesObject, context: Context): void {
  const key = `${namespaceOf(pod) ?? ''}/${nameOf(pod)}`;
  if (nameAt(pod, 'metadata', 'deletionTimestamp') !== undefined) return context.timer(STOP_MS, STOPPED, key);
  if (state.running.has(uid)) return;
  state.running.set(uid, { key, ip: `${state.settings.podNetwork}.${(state.addresses++ % 250) + 2}` });
  context.timer(START_MS, STARTED, uid);
}

function started(state: KubeletState, uid: string, context: Context): void {
  const running = state.running.get(uid);
  const pod = running && state.pods.view.getKey(running.key);
  if (running === undefined || pod === undefined) return;
  const names = arrayAt(pod, 'spec', 'containers').map((container) => ({
    name: stringAt(container, 'name') ?? '',
    image: stringAt(container, 'image') ?? '',
  }));
  patchStatus(state, PODS, pod, runningStatus(names, running.ip, timeOf(context.nowMs)), context);
}

function stopped(state: KubeletState, key: string, context: Context): void {
  const pod = state.pods.view.getKey(key);
  if (pod === undefined) return;
  const options = { gracePeriodSeconds: 0, preconditions: { uid: nameAt(pod, 'metadata', 'uid') ?? '' } };
  const [namespace, name] = [namespaceOf(pod)!, nameOf(pod)];
  state.requests.set(
    sendCall(state.client, { verb: 'delete', resource: PODS, namespace, name, options }, context),
    'delete',
  );
}
