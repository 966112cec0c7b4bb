import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, booleanAt, nameAt } from '../../../base/json.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { apiClient } from '../../client/api-client.ts';
import type { Informer, InformerSource } from '../../client/informer.ts';
import { informerOf, informerTimer, observeWatch, startInformer, watchEnded } from '../../client/informer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../../component.ts';
import type { WatchEvents } from '../../messages.ts';
import type { NetworkPolicies } from './network-policies.ts';
import { BY_IP } from './network-policies.ts';
import { installedUser } from '../../client/installed-user.ts';

export interface PolicyControllerSettings {
  readonly server: ComponentId;
}

interface PolicyControllerState {
  readonly client: ApiClient;
  /** Of policies; of Pods and Namespaces as well, once there is a policy. */
  readonly informers: Informer[];
  isSyncSet: boolean;
  isRepeatSet: boolean;
  /** What the machines were last told; undefined: nothing, as there was no policy. */
  told: NetworkPolicies | undefined;
  /** Entry that told of the last change. */
  cause: number;
}

export const POLICY_CONTROLLER = 'network-policy-controller';
/** Method with which a machine's kernel is told of all policies. */
export const POLICIES = 'policies';
/** Method with which the network plugin of a machine says that it has started and knows none. */
export const JOINED = 'joined';
const SYNC = 'sync';
const REPEAT = 'repeat';
const KERNEL = 'linux/';

const USER = installedUser('kube-system', 'network-policy-controller');

const SOURCES: readonly InformerSource[] = [
  { resource: { group: 'networking.k8s.io', version: 'v1', plural: 'networkpolicies' } },
  {
    resource: { group: '', version: 'v1', plural: 'pods' },
    fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
    indexes: [{ name: BY_IP, valuesOf: addressesOf }],
  },
  { resource: { group: '', version: 'v1', plural: 'namespaces' } },
];

/** The addresses that are a Pod's own. */
function addressesOf(pod: KubernetesObject): readonly string[] {
  if (booleanAt(pod, 'spec', 'hostNetwork') === true) return [];
  return arrayAt(pod, 'status', 'podIPs').flatMap((entry) => nameAt(entry, 'ip') ?? []);
}

/**
 * The part of a network plugin that enforces NetworkPolicies, as plugins with one controller do it (Antrea, Calico with
 * Typha): it watches policies and all that they speak of, and tells every machine, which drops packets by it. Without a
 * policy it watches nothing else and tells nobody.
 */
export const policyController: ComponentDefinition<PolicyControllerState> = {
  kind: POLICY_CONTROLLER,
  start(context, settings) {
    const { server } = settings as PolicyControllerSettings;
    const client = apiClient(server, USER, POLICY_CONTROLLER);
    return {
      client,
      informers: [startInformer(SOURCES[0]!, client, context)],
      isSyncSet: false,
      isRepeatSet: false,
      told: undefined,
      cause: 0,
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') {
      if (event.name === SYNC) sync(state, context);
      else if (event.name === REPEAT) repeat(state, context);
      else informerTimer(state, event, context);
      return;
    }
    const { message, from } = event;
    if (message.type === 'watch') watched(state, from, message, context);
    else if (message.type === 'response') {
      const index = state.informers.findIndex(({ watchId }) => watchId === message.id);
      if (index >= 0) watchEnded(state.informers[index]!, message.code, index, context);
    } else if (message.type === 'call' && message.method === JOINED)
      tell(state, [`${KERNEL}${String(message.parameters['machine'])}`], context);
  },
};

function watched(state: PolicyControllerState, from: ComponentId, message: WatchEvents, context: Context): void {
  const index = informerOf(state.informers, from, message, context);
  const informer = state.informers[index];
  if (informer === undefined) return;
  if (message.ended !== undefined) return watchEnded(informer, message.ended, index, context);
  const before = informer.view;
  const hadSynced = informer.hasSynced;
  const events = observeWatch(informer, message);
  if (state.informers.length === 1 && informer.view.size > 0)
    for (const source of SOURCES.slice(1)) state.informers.push(startInformer(source, state.client, context));
  const isNew = events.some(({ key }) => before.getKey(key) !== informer.view.getKey(key));
  if (!isNew && hadSynced === informer.hasSynced) return;
  state.cause = context.cause;
  if (state.isSyncSet || !state.informers.every(({ hasSynced }) => hasSynced)) return;
  if (state.informers.length === 1 || (state.told === undefined && state.informers[0]!.view.size === 0)) return;
  state.isSyncSet = true;
  context.timer(context.numbers.networkPolicy.syncMs, SYNC);
}

function sync(state: PolicyControllerState, context: Context): void {
  const [policies, pods, namespaces] = state.informers.map(({ view }) => view);
  state.isSyncSet = false;
  if (policies === undefined || pods === undefined || namespaces === undefined) return;
  // After the last policy is gone there is one more thing to tell.
  state.told = Object.freeze({ policies, pods, namespaces });
  context.cause = state.cause;
  tell(state, context.running(KERNEL), context);
  if (policies.size === 0) state.told = undefined;
  else if (!state.isRepeatSet) {
    state.isRepeatSet = true;
    context.timer(context.numbers.networkPolicy.repeatMs, REPEAT, undefined, { periodic: true });
  }
}

/** Machines that could not be reached are told by and by. */
function repeat(state: PolicyControllerState, context: Context): void {
  state.isRepeatSet = state.told !== undefined;
  if (state.told === undefined) return;
  context.timer(context.numbers.networkPolicy.repeatMs, REPEAT, undefined, { periodic: true });
  tell(state, context.running(KERNEL), context, { repeated: true });
}

function tell(
  { told }: PolicyControllerState,
  kernels: readonly ComponentId[],
  context: Context,
  more: { readonly repeated?: true } = {},
): void {
  if (told === undefined) return;
  const parameters = Object.freeze({ policies: told });
  const detail = { policies: told.policies.size, pods: told.pods.size, ...more };
  for (const kernel of kernels)
    if (kernel !== OUTSIDE)
      context.send(
        kernel,
        { type: 'call', id: context.next('tell'), method: POLICIES, parameters },
        { class: 'cni', verb: POLICIES, detail },
      );
}

/** The client outside the cluster has a kernel too. */
const OUTSIDE = 'linux/outside';
