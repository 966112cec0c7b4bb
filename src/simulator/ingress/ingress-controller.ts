import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, jsonEqual } from '../../base/json.ts';
import type { Controller } from '../controllers/controller.ts';
import { must, orFailed } from '../controllers/workload/sync-failure.ts';
import type { ResourceName } from '../messages.ts';

export const INGRESS_CONTROLLER = 'ingress-controller';
const INGRESSES: ResourceName = { group: 'networking.k8s.io', version: 'v1', plural: 'ingresses' };

/** Writes into each Ingress the address at which the proxy listens. Serves the classes of all controllers. */
export const ingressController: Controller = {
  name: INGRESS_CONTROLLER,
  workers: 1,
  watches: [{ resource: INGRESSES, keysOf: ({ key, type }) => (type === 'DELETED' ? [] : [key]) }],
  reconcile: (context, key) =>
    orFailed(() => {
      const ingress = context.view(INGRESSES).getKey(key);
      const ip = context.flags.publishAddress;
      if (ingress === undefined || ip === undefined) return;
      const wanted = [{ ip }];
      if (jsonEqual(arrayAt(ingress, 'status', 'loadBalancer', 'ingress'), wanted)) return;
      const body = { ...ingress, status: { loadBalancer: { ingress: wanted } } };
      const at = { resource: INGRESSES, namespace: namespaceOf(ingress) ?? '', name: nameOf(ingress) } as const;
      must(context.api.call({ ...at, subresource: 'status', verb: 'update', body }));
    }),
};

const CRDS = ['gateways.gateway.networking.k8s.io', 'httproutes.gateway.networking.k8s.io'];

/**
 * What a design asks for: a controller of Gateways too where it brings their definitions, one of Ingresses where it has
 * any.
 */
export function asksForIngress(objects: readonly KubernetesObject[]): 'none' | 'ingress' | 'gateway' {
  const crds = objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map(nameOf);
  if (CRDS.every((name) => crds.includes(name))) return 'gateway';
  const hasIngress = objects.some(
    ({ apiVersion, kind }) => kind === 'Ingress' && apiVersion.startsWith('networking.k8s.io/'),
  );
  return hasIngress ? 'ingress' : 'none';
}
