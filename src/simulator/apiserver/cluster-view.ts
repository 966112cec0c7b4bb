import type { ClusterView } from '../../admission/cluster-view.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import type { View } from '../client/view.ts';
import { RUN_BEGINS_MS } from '../kernel/clock.ts';
import { decide, isAllowed } from './authorization/authorize.ts';
import { kindsOf } from './custom-resources/known-kinds.ts';
import { newUid } from './new-metadata.ts';
import { BUILT_IN, resourceKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import type { Server } from './state.ts';

/** What is built in comes before what a definition brings, and stays. */
const BY_KIND = new Map<string, ServedResource[]>();
for (const resource of BUILT_IN) BY_KIND.set(resource.kind, [...(BY_KIND.get(resource.kind) ?? []), resource]);

/** What admission plugins read of the cluster: the caches of the API server that they run in. */
export function clusterViewOf({ state, context, run }: Server): ClusterView {
  const resourceOf = ({ group, kind }: GroupKind): ServedResource | undefined => {
    const builtIn = BY_KIND.get(kind)?.find((resource) => resource.group === group);
    if (builtIn !== undefined) return builtIn;
    for (const resource of state.resources.values())
      if (resource.kind === kind && resource.group === group) return resource;
    return undefined;
  };
  const viewOf = (kind: GroupKind): View | undefined => {
    const resource = resourceOf(kind);
    return resource && state.caches.get(resourceKey(resource))?.view;
  };
  return {
    release: context.numbers.release,
    nowMs: RUN_BEGINS_MS + context.nowMs,
    // What is prepared again was counted.
    ...(run?.isAgain === true ? {} : { eventRates: state.eventRates }),
    ...(run === undefined
      ? {}
      : {
          webhooks: {
            uidFor: (key) => run.once(`uid/${key}`, () => newUid(context)),
            call: (calls) => run.call(calls),
          },
        }),
    get: (kind, namespace, name) => viewOf(kind)?.get(namespace === '' ? undefined : namespace, name),
    list: (kind, namespace) => viewOf(kind)?.list(namespace === '' ? undefined : namespace) ?? [],
    authorize: (user, attributes) => isAllowed(state, user, attributes),
    decide: (user, attributes) => decide(state, user, attributes),
    kinds: kindsOf(state),
    resourcesOf(kind) {
      const resource = resourceOf(kind);
      if (resource === undefined || !resource.versions.includes(kind.version)) return [];
      const scope = resource.namespaced ? 'Namespaced' : 'Cluster';
      return [{ group: resource.group, resource: resource.plural, scope }];
    },
  };
}
