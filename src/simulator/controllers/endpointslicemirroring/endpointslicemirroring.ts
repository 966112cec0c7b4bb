import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted, labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { valueAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { MANAGED_BY, SERVICE_NAME } from '../endpointslice/slice-labels.ts';
import { ENDPOINTS, ENDPOINT_SLICES, SERVICES } from '../resources.ts';
import type { MirrorPlan } from './mirrored-slices.ts';
import { MIRROR, MOST_ENDPOINTS, planMirror } from './mirrored-slices.ts';

const SKIP = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER = 'control-plane.alpha.kubernetes.io/leader';

/**
 * Mirrors Endpoints that somebody wrote for a Service without selector as EndpointSlices, which is all that is read of them.
 * Source: pkg/controller/endpointslicemirroring/endpointslicemirroring_controller.go, 1.36.
 */
export const endpointSliceMirroring: Controller = {
  name: 'endpointslice-mirroring-controller',
  account: 'endpointslicemirroring-controller',
  reportsAs: 'endpoint-slice-mirroring-controller',
  workers: 5,
  readsOwnWrites: true,
  watches: [
    { resource: SERVICES, keysOf: ({ key }) => [key] },
    {
      resource: ENDPOINTS,
      keysOf({ key, object }, caches) {
        // Those of a Service with a selector come from its Pods, and have no mirror that would have to go.
        const service = caches.view(SERVICES).getKey(key);
        return isMirrored(object) && (service === undefined || !hasSelector(service)) ? [key] : [];
      },
    },
    {
      resource: ENDPOINT_SLICES,
      keysOf({ object }) {
        const service = labelsOf(object).get(SERVICE_NAME);
        return service === undefined || !isOurs(object) ? [] : [`${namespaceOf(object) ?? ''}/${service}`];
      },
    },
  ],
  reconcile(context, key) {
    const slices = context.view(ENDPOINT_SLICES).indexed('service', key).filter(isOurs);
    const [endpoints, service] = [context.view(ENDPOINTS).getKey(key), context.view(SERVICES).getKey(key)];
    const isWanted = endpoints !== undefined && isMirrored(endpoints) && service !== undefined && !hasSelector(service);
    if (!isWanted) return removeAll(context, key, slices);
    const plan = planMirror(endpoints, slices);
    tellSkipped(context, endpoints, plan);
    return write(context, endpoints, plan);
  },
};

export function isOurs(slice: KubernetesObject): boolean {
  return labelsOf(slice).get(MANAGED_BY) === MIRROR;
}

function hasSelector(service: KubernetesObject): boolean {
  return (valueAt(service, 'spec', 'selector') ?? null) !== null;
}

/** Source: endpointslicemirroring_controller.go `shouldMirror`, 1.36. */
export function isMirrored(endpoints: KubernetesObject): boolean {
  return labelsOf(endpoints).get(SKIP) !== 'true' && !annotationsOf(endpoints).has(LEADER);
}

function removeAll(context: ReconcileContext, key: string, slices: readonly KubernetesObject[]): Outcome | undefined {
  const answers = slices.map((slice) => context.api.call({ ...callOf(slice), verb: 'delete' }));
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.message]));
  if (refused.length === 0) return undefined;
  return {
    failed: `error(s) deleting ${refused.length}/${slices.length} EndpointSlices for ${key} Endpoints, including: ${refused[0] ?? ''}`,
  };
}

function tellSkipped(context: ReconcileContext, endpoints: KubernetesObject, { invalid, skipped }: MirrorPlan): void {
  if (invalid > 0) {
    const words = `Skipped ${invalid} invalid IP addresses when mirroring to EndpointSlices`;
    context.event(endpoints, 'Warning', 'InvalidIPAddress', words);
  }
  if (skipped > invalid) {
    const words = `A max of ${MOST_ENDPOINTS} addresses can be mirrored to EndpointSlices per Endpoints subset. ${skipped} addresses were skipped`;
    context.event(endpoints, 'Warning', 'TooManyAddressesToMirror', words);
  }
}

/** Source: reconciler.go `finalize`, 1.36. */
function write(context: ReconcileContext, endpoints: KubernetesObject, plan: MirrorPlan): Outcome | undefined {
  const calls: ApiCall[] = [
    ...(isBeingDeleted(endpoints)
      ? []
      : plan.create.map((body) => ({ ...callOf(body), verb: 'create', body }) as const)),
    ...plan.update.map((body) => ({ ...callOf(body), verb: 'update', body }) as const),
    ...plan.delete.map((slice) => ({ ...callOf(slice), verb: 'delete' }) as const),
  ];
  for (const call of calls) {
    const answer = context.api.call(call);
    if (answer.ok) continue;
    if (answer.message.includes('is being terminated')) return undefined;
    const which = call.verb === 'create' ? '' : `${call.name ?? ''} `;
    const key = `${namespaceOf(endpoints) ?? ''}/${nameOf(endpoints)}`;
    return { failed: `failed to ${call.verb} ${which}EndpointSlice for Endpoints ${key}: ${answer.message}` };
  }
  return undefined;
}

function callOf(slice: KubernetesObject): Pick<ApiCall, 'resource' | 'namespace' | 'name'> {
  const name = nameOf(slice);
  return { resource: ENDPOINT_SLICES, namespace: namespaceOf(slice) ?? '', ...(name === '' ? {} : { name }) };
}
