import { parseIp } from '../../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, jsonEqual, nameAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import { rememberPair } from '../../../base/remember-pair.ts';
import type { ApiCall } from '../../client/api-client.ts';
import type { View } from '../../client/view.ts';
import type { Controller, ReconcileContext } from '../controller.ts';
import { ENDPOINT_SLICES, NODES, PODS, SERVICES } from '../resources.ts';
import { servicesOfPod } from '../services-of-pod.ts';
import type { ChosenPods } from './chosen-pods.ts';
import { chosenPods } from './chosen-pods.ts';
import type { AddressType } from './endpoint.ts';
import { withHints } from './hints.ts';
import type { PortGroup, SlicePlan } from './plan-slices.ts';
import { newSlice, planSlices } from './plan-slices.ts';
import { ServicePods } from './pod-facts.ts';
import { CONTROLLER, MANAGED_BY } from './slice-labels.ts';

/** Source: pkg/controller/endpointslice/endpointslice_controller.go, 1.36. */
export const endpointSlice: Controller = {
  name: 'endpointslice-controller',
  reportsAs: 'endpoint-slice-controller',
  workers: 5,
  readsOwnWrites: true,
  watches: [
    { resource: SERVICES, keysOf: ({ key }) => [key] },
    { resource: PODS, keysOf: (event, caches) => servicesOfPod(event, caches.view(SERVICES)) },
    {
      resource: ENDPOINT_SLICES,
      keysOf({ object }) {
        const service = labelsOf(object).get('kubernetes.io/service-name');
        const isOurs = labelsOf(object).get(MANAGED_BY) === CONTROLLER;
        return service === undefined || !isOurs ? [] : [`${namespaceOf(object) ?? ''}/${service}`];
      },
    },
    { resource: NODES, keysOf: () => [] },
  ],
  reconcile(context, key) {
    const service = context.view(SERVICES).getKey(key);
    if (service === undefined || stringAt(service, 'spec', 'type') === 'ExternalName') return undefined;
    const selector = valueAt(service, 'spec', 'selector');
    if (selector === undefined || Object.keys(objectAt(service, 'spec', 'selector') ?? {}).length === 0)
      return undefined;
    const slices = context
      .view(ENDPOINT_SLICES)
      .indexed('service', key)
      .filter((slice) => labelsOf(slice).get(MANAGED_BY) === CONTROLLER && !isBeingDeleted(slice));
    const wanted = addressTypes(service);
    const foreign = slices.filter((slice) => !wanted.includes(stringAt(slice, 'addressType') as AddressType));
    const failed = write(context, service, { create: [], update: [], delete: foreign });
    if (failed !== undefined) return { failed };
    for (const type of wanted) {
      const own = slices.filter((slice) => stringAt(slice, 'addressType') === type);
      const answer = write(context, service, rememberedPlan(context, service, type, own));
      if (answer !== undefined) return { failed: answer };
    }
    return undefined;
  },
};

/** Of a Service without families those of its address. Source: utils.go `getAddressTypesForService`, 1.36. */
export function addressTypes(service: KubernetesObject): readonly AddressType[] {
  const families = arrayAt(service, 'spec', 'ipFamilies').filter((family) => family === 'IPv4' || family === 'IPv6');
  if (families.length > 0) return families;
  const address = parseIp(stringAt(service, 'spec', 'clusterIP') ?? '');
  return address === undefined ? ['IPv4', 'IPv6'] : [`IPv${address.family}`];
}

/** A sync runs again after each answer, with the caches that it had: its plans are made once. */
function rememberedPlan(
  context: ReconcileContext,
  service: KubernetesObject,
  type: AddressType,
  existing: readonly KubernetesObject[],
): SlicePlan {
  const chosen = chosenPods(context.view(PODS), service);
  const plans = plansFor(chosen, service);
  const [nodes, slices] = [context.view(NODES), context.view(ENDPOINT_SLICES)];
  const known = plans.get(type);
  if (known?.nodes === nodes && known.slices === slices) return known.plan;
  const plan = planFor(context, service, type, chosen.pods, existing);
  plans.set(type, { nodes, slices, plan });
  return plan;
}

interface RememberedPlan {
  readonly nodes: View;
  readonly slices: View;
  readonly plan: SlicePlan;
}

const plansFor = rememberPair(
  (_pods: ChosenPods, _service: KubernetesObject) => new Map<AddressType, RememberedPlan>(),
);

/** All groups of ports together; a Service without endpoints keeps one empty slice. */
function planFor(
  context: ReconcileContext,
  service: KubernetesObject,
  type: AddressType,
  pods: readonly KubernetesObject[],
  existing: readonly KubernetesObject[],
): SlicePlan {
  const groups = new Map<string, { readonly ports: readonly JsonObject[]; readonly endpoints: JsonObject[] }>();
  const nodes = context.view(NODES);
  const ofService = ServicePods.of(service);
  const publishes = valueAt(service, 'spec', 'publishNotReadyAddresses') === true;
  for (const pod of pods) {
    const node = nodes.get(undefined, nameAt(pod, 'spec', 'nodeName') ?? '');
    if (node === undefined && !publishes) continue;
    const { portsKey, ports, endpoint } = ofService.factsOf(pod, node, type);
    const group = groups.get(portsKey) ?? { ports, endpoints: [] };
    groups.set(portsKey, group);
    if (endpoint !== undefined) group.endpoints.push(endpoint);
  }
  const plans = [...groups].map(([key, group]: [string, PortGroup]) =>
    planSlices(
      service,
      type,
      group,
      existing.filter((slice) => JSON.stringify(portsOf(slice)) === key),
    ),
  );
  const orphans = existing.filter((slice) => !groups.has(JSON.stringify(portsOf(slice))));
  const plan = {
    create: plans.flatMap(({ create }) => create),
    update: plans.flatMap(({ update }) => update),
    delete: [...plans.flatMap((each) => each.delete), ...orphans],
  };
  return withHints(service, withPlaceholder(service, type, plan, existing), existing);
}

/** Ports in the order of fields in which they are made. */
function portsOf(slice: KubernetesObject): readonly JsonObject[] {
  return arrayAt(slice, 'ports').map((port) => {
    const appProtocol = nameAt(port, 'appProtocol');
    return {
      name: stringAt(port, 'name') ?? '',
      protocol: stringAt(port, 'protocol') ?? 'TCP',
      port: valueAt(port, 'port') ?? 0,
      ...(appProtocol === undefined ? {} : { appProtocol }),
    };
  });
}

function withPlaceholder(
  service: KubernetesObject,
  type: AddressType,
  plan: SlicePlan,
  existing: readonly KubernetesObject[],
): SlicePlan {
  if (existing.length !== plan.delete.length || plan.create.length > 0) return plan;
  const placeholder = newSlice(service, type, []);
  const [only] = plan.delete;
  const isKept =
    plan.delete.length === 1 &&
    only !== undefined &&
    arrayAt(only, 'endpoints').length === 0 &&
    arrayAt(only, 'ports').length === 0 &&
    jsonEqual(objectAt(only, 'metadata')?.['labels'], objectAt(placeholder, 'metadata')?.['labels']);
  return isKept ? { ...plan, delete: [] } : { ...plan, create: [placeholder] };
}

/** What is to be made and what is to go at once become updates. Source: reconciler.go `finalize`, 1.36. */
function write(context: ReconcileContext, service: KubernetesObject, plan: SlicePlan): string | undefined {
  const create = [...plan.create];
  const update = [...plan.update];
  const gone = plan.delete.filter((old) => {
    const next = create.at(-1);
    if (next === undefined || stringAt(old, 'addressType') !== stringAt(next, 'addressType')) return true;
    create.pop();
    const { generateName: _, ...metadata } = objectAt(next, 'metadata') ?? {};
    const { resourceVersion, name } = objectAt(old, 'metadata') ?? {};
    update.push({ ...next, metadata: { ...metadata, name: name ?? '', resourceVersion: resourceVersion ?? '' } });
    return false;
  });
  const namespace = namespaceOf(service)!;
  const common = { resource: ENDPOINT_SLICES, namespace } as const;
  const calls: ApiCall[] = [
    ...(isBeingDeleted(service) ? [] : create.map((body): ApiCall => ({ ...common, verb: 'create', body }))),
    ...update.map((body): ApiCall => ({ ...common, verb: 'update', name: nameOf(body), body })),
    ...gone.map((slice): ApiCall => ({ ...common, verb: 'delete', name: nameOf(slice) })),
  ];
  for (const call of calls) {
    const answer = context.api.call(call);
    if (answer.ok || (call.verb === 'delete' && answer.code === 404)) continue;
    if (answer.message.includes('is being terminated')) return undefined;
    return `failed to ${call.verb} EndpointSlice for Service ${namespace}/${nameOf(service)}: ${answer.message}`;
  }
  return undefined;
}
