import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { uidOf } from '../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, jsonEqual, nameAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { Controller, Outcome, PluginAnswer, ReconcileContext } from '../controllers/controller.ts';
import { NODES, SERVICES } from '../controllers/resources.ts';
import { fail, mustUnlessGone, orFailed } from '../controllers/workload/sync-failure.ts';
import { balancerNodes, changesBalancers, nodesKey } from './balancer-nodes.ts';
import type { BalancerOrder } from './cloud.ts';
import { CLOUD, DELETE_BALANCER, ENSURE_BALANCER, HEALTHZ_PORT, UPDATE_BALANCER } from './cloud.ts';
import { BALANCER_FINALIZER, hasFinalizer, needsCleanup, needsUpdate, wantsBalancer } from './wants-balancer.ts';
import type { IpFamily } from '../network/addresses.ts';
import { IP_FAMILIES } from '../network/addresses.ts';
import { installedUser } from '../client/installed-user.ts';

export const SERVICE_LB_CONTROLLER = 'service-lb-controller';
export const CLOUD_CONTROLLER_MANAGER = 'cloud-controller-manager';

export const CLOUD_USER = installedUser('kube-system', 'cloud-controller-manager');

/** Keys of Services whose load balancer may have to send to other Nodes. */
const HOSTS = 'hosts ';

interface Synced {
  readonly service: KubernetesObject;
  readonly nodes: string;
  readonly atMs: number;
}

/**
 * Has the cloud make, change and delete the load balancers of Services, and writes their addresses.
 * Source: staging/src/k8s.io/cloud-provider/controllers/service/controller.go, 1.36.
 */
export const serviceLb: Controller = {
  name: SERVICE_LB_CONTROLLER,
  reportsAs: 'service-controller',
  workers: 1,
  watches: [
    {
      resource: SERVICES,
      keysOf({ key, type, object, old }) {
        if (type === 'DELETED') return [key];
        const isWanted = old === undefined ? wantsBalancer(object) : needsUpdate(old, object);
        return isWanted || needsCleanup(object) ? [key] : [];
      },
    },
    {
      resource: NODES,
      keysOf({ type, object, old }, caches) {
        if (type === 'MODIFIED' && old !== undefined && !changesBalancers(old, object)) return [];
        return caches
          .view(SERVICES)
          .list()
          .filter(wantsBalancer)
          .map((service) => HOSTS + keyOf(service));
      },
    },
  ],
  reconcile: (context, key) =>
    orFailed(() => (key.startsWith(HOSTS) ? syncHosts(context, key.slice(HOSTS.length)) : sync(context, key))),
};

const keyOf = (service: KubernetesObject): string => `${namespaceOf(service) ?? ''}/${nameOf(service)}`;

function sync(context: ReconcileContext, key: string): Outcome | void {
  const service = context.view(SERVICES).getKey(key);
  const known = context.memory as Synced | undefined;
  if (service === undefined) {
    // Its finalizer was taken away by somebody else.
    if (known !== undefined) deleteBalancer(context, known.service);
    return context.remember(undefined);
  }
  if (wantsBalancer(service) && !needsCleanup(service)) return ensure(context, service);
  if (known === undefined && !hasFinalizer(service)) return undefined;
  deleteBalancer(context, service);
  removeFinalizer(context, service);
  context.event(service, 'Normal', 'DeletedLoadBalancer', 'Deleted load balancer');
  patchStatus(context, service, {});
  context.remember(undefined);
}

function ensure(context: ReconcileContext, service: KubernetesObject): void {
  context.event(service, 'Normal', 'EnsuringLoadBalancer', 'Ensuring load balancer');
  if (!hasFinalizer(service)) {
    const finalizers = [...arrayAt(service, 'metadata', 'finalizers'), BALANCER_FINALIZER];
    patch(context, service, { metadata: { finalizers } }, 'failed to add load balancer cleanup finalizer');
  }
  const nodes = balancerNodes(context.view(NODES).list());
  if (nodes.length === 0) tellUnavailable(context, service);
  const answer = ask(context, ENSURE_BALANCER, service, nodes);
  if (!answer.ok) failed(context, service, `failed to ensure load balancer: ${answer.message}`);
  else {
    context.event(service, 'Normal', 'EnsuredLoadBalancer', 'Ensured load balancer');
    const { ip, ips = [ip] } = answer.result as { readonly ip?: string; readonly ips?: readonly string[] };
    patchStatus(context, service, { ingress: ips.map((own) => ({ ip: String(own), ipMode: 'VIP' })) });
    context.remember({ service, nodes: nodesKey(nodes), atMs: context.nowMs } satisfies Synced);
  }
}

/** A Node came, went, or is to be left out. */
function syncHosts(context: ReconcileContext, key: string): void {
  const service = context.view(SERVICES).getKey(key);
  if (service === undefined || !wantsBalancer(service)) return context.remember(undefined);
  const nodes = balancerNodes(context.view(NODES).list());
  const known = [context.memory, context.memoryOf(key)] as readonly (Synced | undefined)[];
  const last = known.reduce((a, b) => (b !== undefined && b.atMs >= (a?.atMs ?? 0) ? b : a), undefined);
  // It has no load balancer yet: the sync of the Service will look at the Nodes.
  if (last === undefined || last.nodes === nodesKey(nodes)) return;
  const answer = ask(context, UPDATE_BALANCER, service, nodes);
  if (!answer.ok) {
    const message = `Error updating load balancer with new hosts, error: ${answer.message}`;
    context.event(service, 'Warning', 'UpdateLoadBalancerFailed', message);
    fail(answer.message);
  }
  if (nodes.length === 0) tellUnavailable(context, service);
  else context.event(service, 'Normal', 'UpdatedLoadBalancer', 'Updated load balancer with new hosts');
  context.remember({ service, nodes: nodesKey(nodes), atMs: context.nowMs } satisfies Synced);
}

function tellUnavailable(context: ReconcileContext, service: KubernetesObject): void {
  const message = 'There are no available nodes for LoadBalancer';
  context.event(service, 'Warning', 'UnAvailableLoadBalancer', message);
}

function deleteBalancer(context: ReconcileContext, service: KubernetesObject): void {
  context.event(service, 'Normal', 'DeletingLoadBalancer', 'Deleting load balancer');
  const answer = ask(context, DELETE_BALANCER, service, []);
  if (!answer.ok) failed(context, service, `failed to delete load balancer: ${answer.message}`);
}

function failed(context: ReconcileContext, service: KubernetesObject, message: string): never {
  context.event(service, 'Warning', 'SyncLoadBalancerFailed', `Error syncing load balancer: ${message}`);
  fail(message);
}

function ask(
  context: ReconcileContext,
  method: string,
  service: KubernetesObject,
  nodes: readonly KubernetesObject[],
): PluginAnswer {
  const parameters = { ...orderFor(service, nodes) };
  const about = `Service/${keyOf(service)}`;
  return context.plugins.call({
    to: CLOUD,
    class: 'internal',
    method,
    parameters,
    about,
    timeoutMs: context.numbers.cloud.callTimeoutMs,
  });
}

function familiesOf(service: KubernetesObject): readonly IpFamily[] {
  const own = arrayAt(service, 'spec', 'ipFamilies');
  const families = IP_FAMILIES.filter((family) => own.includes(family));
  return own[0] === 'IPv6' ? families.toReversed() : families.length === 0 ? ['IPv4'] : families;
}

/** What the cloud needs to know of a Service and its Nodes. */
export function orderFor(service: KubernetesObject, nodes: readonly KubernetesObject[]): BalancerOrder {
  const healthPort = numberAt(service, 'spec', 'healthCheckNodePort') ?? 0;
  return {
    uid: uidOf(service),
    service: keyOf(service),
    ports: arrayAt(service, 'spec', 'ports').flatMap((port) => {
      const number = numberAt(port, 'port');
      return number === undefined ? [] : [{ port: number, protocol: stringAt(port, 'protocol') ?? 'TCP' }];
    }),
    nodes: nodes.flatMap((node) => {
      const address = arrayAt(node, 'status', 'addresses').find((one) => stringAt(one, 'type') === 'InternalIP');
      const ip = nameAt(address, 'address');
      return ip === undefined ? [] : [{ name: nameOf(node), ip }];
    }),
    families: familiesOf(service),
    isSticky: stringAt(service, 'spec', 'sessionAffinity') === 'ClientIP',
    healthPort: healthPort === 0 ? HEALTHZ_PORT : healthPort,
  };
}

function removeFinalizer(context: ReconcileContext, service: KubernetesObject): void {
  if (!hasFinalizer(service)) return;
  const finalizers = arrayAt(service, 'metadata', 'finalizers').filter((one) => one !== BALANCER_FINALIZER);
  patch(context, service, { metadata: { finalizers } }, 'failed to remove load balancer cleanup finalizer');
}

function patchStatus(context: ReconcileContext, service: KubernetesObject, loadBalancer: JsonObject): void {
  if (jsonEqual(objectAt(service, 'status', 'loadBalancer') ?? {}, loadBalancer)) return;
  const body = { status: { loadBalancer: { ingress: loadBalancer['ingress'] ?? null } } };
  patch(context, service, body, 'failed to update load balancer status');
}

/** Source: staging/src/k8s.io/cloud-provider/service/helpers/helper.go `PatchService`, 1.36. */
function patch(context: ReconcileContext, service: KubernetesObject, change: JsonObject, words: string): void {
  const result = context.api.call({
    verb: 'patch',
    resource: SERVICES,
    namespace: namespaceOf(service) ?? 'default',
    name: nameOf(service),
    subresource: 'status',
    options: { patchType: 'merge' },
    body: { apiVersion: 'v1', kind: 'Service', ...change },
  });
  // With its finalizer the Service may have gone.
  mustUnlessGone(result, `${words}: `);
}
