import type { ApiClient } from '../client/api-client.ts';
import { apiClient, askedAgain } from '../client/api-client.ts';
import type { Informer } from '../client/informer.ts';
import { endOfWatch, informerOf, informerTimer, observeWatch, startInformer, watchEnded } from '../client/informer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { LEAD } from '../leader-election/lead.ts';
import type { Controller } from './controller.ts';
import type { ResourceName, WatchEvents } from '../messages.ts';

/** What a process watches once for all its controllers. */
export interface SharedInformersSettings {
  readonly server: ComponentId;
  /** Each resource with the controllers that want to know of it, in the order in which they are told. */
  readonly resources: readonly { readonly resource: ResourceName; readonly users: readonly ComponentId[] }[];
  /** One of several: it begins when it is told that it leads. */
  readonly waitsToLead?: boolean;
}

interface SharedInformersState {
  readonly settings: SharedInformersSettings;
  readonly client: ApiClient;
  readonly informers: Informer[];
  readonly users: readonly (readonly ComponentId[])[];
}

/** The process whose controllers share their informers; also the id of the component that holds these. */
export const CONTROLLER_MANAGER = 'kube-controller-manager';

/** The name under which an informer hands on what it heard. */
export function resourceName({ group, plural }: ResourceName): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** What controllers watch together, each resource once; `idOf` names the component of a controller. */
export function watchedBy(
  controllers: readonly Controller[],
  idOf: (controller: string) => ComponentId = (controller) => controller,
): SharedInformersSettings['resources'] {
  const byName = new Map<string, { readonly resource: ResourceName; readonly users: ComponentId[] }>();
  for (const { name, watches } of controllers)
    for (const { resource } of watches) {
      const shared = byName.get(resourceName(resource)) ?? { resource, users: [] };
      shared.users.push(idOf(name));
      byName.set(resourceName(resource), shared);
    }
  return [...byName.values()];
}

/**
 * The informers of kube-controller-manager: one watch of each resource, whose events every controller that asked for it
 * gets in turn, in the same moment.
 * Source: cmd/kube-controller-manager/app/controllermanager.go `CreateControllerContext` (one factory of shared
 * informers), staging/src/k8s.io/client-go/tools/cache/shared_informer.go, 1.36.
 */
export const sharedInformers: ComponentDefinition<SharedInformersState> = {
  kind: CONTROLLER_MANAGER,
  start(context, settings) {
    const own = Object.freeze(settings as SharedInformersSettings);
    const { server, resources, waitsToLead } = own;
    const user = { name: `system:${CONTROLLER_MANAGER}`, groups: ['system:authenticated'] };
    const client = apiClient(server, user, CONTROLLER_MANAGER);
    return {
      settings: own,
      client,
      informers: waitsToLead === true ? [] : startAll(own, client, context),
      users: Object.freeze(resources.map(({ users }) => users)),
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') return informerTimer(state, event, context);
    const { message, from } = event;
    if (message.type === 'watch') heard(state, from, message, context);
    else if (message.type === 'call' && message.method === LEAD && state.informers.length === 0)
      state.informers.push(...startAll(state.settings, state.client, context));
    else if (message.type === 'response' && !askedAgain(message, context)) {
      const index = state.informers.findIndex(({ watchId }) => watchId === message.id);
      if (index >= 0) watchEnded(state.informers[index]!, message.code, index, context);
    }
  },
};

function startAll({ resources }: SharedInformersSettings, client: ApiClient, context: Context): Informer[] {
  return resources.map(({ resource }) => startInformer({ resource }, client, context));
}

function heard(state: SharedInformersState, from: ComponentId, message: WatchEvents, context: Context): void {
  const index = informerOf(state.informers, from, message, context);
  const informer = state.informers[index];
  if (informer === undefined) return;
  const ended = endOfWatch(informer, message);
  if (ended !== undefined) return watchEnded(informer, ended, index, context);
  const events = observeWatch(informer, message);
  if (!informer.hasSynced) return;
  const { view } = informer;
  const resource = resourceName(informer.source.resource);
  for (const user of state.users[index]!) context.handOver(user, { type: 'informed', resource, events, view });
}
