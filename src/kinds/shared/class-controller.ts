import { labelSelectorFromMap } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameAt } from '../../base/json.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import type { Reference } from '../reference.ts';

/**
 * The labels that the charts of well-known controllers put on their Pods, by the controller's name in IngressClass
 * and GatewayClass. The API itself does not say which Pods answer to a name.
 */
const PODS_OF_CONTROLLER: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['k8s.io/ingress-nginx', { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' }],
  ['nginx.org/ingress-controller', { 'app.kubernetes.io/name': 'nginx-ingress' }],
  ['traefik.io/ingress-controller', { 'app.kubernetes.io/name': 'traefik' }],
  ['traefik.io/gateway-controller', { 'app.kubernetes.io/name': 'traefik' }],
  ['haproxy.org/ingress-controller', { 'app.kubernetes.io/name': 'kubernetes-ingress' }],
  ['haproxy-ingress.github.io/controller', { 'app.kubernetes.io/name': 'haproxy-ingress' }],
  ['ingress-controllers.konghq.com/kong', { 'app.kubernetes.io/name': 'kong' }],
  ['ingress.k8s.aws/alb', { 'app.kubernetes.io/name': 'aws-load-balancer-controller' }],
  ['gateway.envoyproxy.io/gatewayclass-controller', { 'control-plane': 'envoy-gateway' }],
  ['istio.io/gateway-controller', { app: 'istiod' }],
  ['istio.io/ingress-controller', { app: 'istiod' }],
  ['io.cilium/gateway-controller', { 'app.kubernetes.io/name': 'cilium-operator' }],
]);

/** The controller that a class belongs to, by the name it goes by, and its Pods where its chart is well known. */
export function classControllerReferences(object: KubernetesObject, field: Path): readonly Reference[] {
  const value = nameAt(object, ...field);
  if (value === undefined) return [];
  const labels = PODS_OF_CONTROLLER.get(value);
  return [
    { type: 'class', field, target: { by: 'external', what: 'controller', value } },
    ...(labels
      ? [
          {
            type: 'custom',
            field,
            target: { by: 'pods', namespaces: 'all', selector: labelSelectorFromMap(labels) },
          } as const,
        ]
      : []),
  ];
}
