import { labelsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt } from '../../base/json.ts';
import type { View } from '../client/view.ts';
import { isLargeCluster, nodeRules } from './node-rules.ts';
import type { RuleSettings } from './port-rules.ts';
import type { Rule } from './rule.ts';
import type { Packet } from './trace-packet.ts';

/**
 * The rules of a Node as kube-proxy last wrote them: what they follow from. The rules themselves are made when somebody
 * looks at them or a packet meets them: with thousands of Nodes nobody could write them all. Immutable; Nodes at the same
 * revision share their views.
 */
export interface ProxyRules {
  readonly services: View;
  readonly slices: View;
  readonly settings: Omit<RuleSettings, 'isLargeCluster'>;
}

/** All rules of the Node. */
export function allRules({ services, slices, settings }: ProxyRules): readonly Rule[] {
  const endpoints = slices.list().reduce((sum, slice) => sum + arrayAt(slice, 'endpoints').length, 0);
  const own = services
    .list()
    .filter(isProxied)
    .map((service) => withSlices(service, slices));
  return nodeRules(own, { ...settings, isLargeCluster: isLargeCluster(endpoints) });
}

/** The rules that a packet can meet: those of Services with its destination, and those that every Node has. */
export function rulesFor({ services, slices, settings }: ProxyRules, { toIp, port }: Packet): readonly Rule[] {
  const own = [...services.indexed('address', toIp), ...services.indexed('nodePort', String(port))];
  return nodeRules(
    [...new Set(own)].filter(isProxied).map((service) => withSlices(service, slices)),
    { ...settings, isLargeCluster: false },
  );
}

type Service = ReturnType<View['list']>[number];

function withSlices(service: Service, slices: View) {
  const key = `${namespaceOf(service) ?? ''}/${nameOf(service)}`;
  return { service, slices: slices.indexed('service', key) };
}

/**
 * Whether kube-proxy has anything to do with an object: another proxy may be named. The real one leaves these out with
 * the selector of its watch; here all watch the same, so that their caches can be one.
 */
export function isProxied(object: Service): boolean {
  const labels = labelsOf(object);
  return !labels.has('service.kubernetes.io/service-proxy-name') && !labels.has('service.kubernetes.io/headless');
}
