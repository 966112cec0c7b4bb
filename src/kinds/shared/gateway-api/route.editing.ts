import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, jsonEqual, nameAt, objectAt, valueAt } from '../../../base/json.ts';
import type { JsonObject, JsonValue, Path } from '../../../base/json.ts';
import { matchesLabels, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { FieldEdit, Refusal } from '../../field-edit.ts';
import type { Connection, ServicePortView } from '../../kind.ts';
import type { Reference } from '../../reference.ts';
import { removeListItem } from '../list-edit.ts';
import { namespaceOrDefault } from '../name-reference.ts';
import { NAMESPACE_NAME_LABEL } from '../network-policy.ts';
import { ALREADY, refuseOtherNamespace } from '../same-namespace.ts';
import { servicePortsOf } from '../service-ports.ts';
import { GATEWAY, GATEWAY_API, SERVICE } from './object-reference.ts';
import { routeReferences } from './route.references.ts';

/** Route → Gateway: one more parent. The Gateway must let routes of this namespace in. */
export const attachToGateway: Connection = {
  id: 'attach',
  to: GATEWAY,
  connect(source, target) {
    if (pointsAt(source, 'parent', target)) return ALREADY;
    const elsewhere = refuseOtherNamespace(source, target);
    if (elsewhere && !letsIn(target, namespaceOrDefault(source))) return elsewhere;
    const value = { name: nameOf(target), ...(elsewhere && { namespace: namespaceOrDefault(target) }) };
    return { source: [{ op: 'append', path: ['spec', 'parentRefs'], value }] };
  },
};

/** Route → ListenerSet, as to a Gateway, by its kind. */
export const attachToListenerSet: Connection = {
  id: 'attach',
  to: { group: GATEWAY_API, kind: 'ListenerSet' },
  connect(source, target) {
    if (pointsAt(source, 'parent', target)) return ALREADY;
    const elsewhere = refuseOtherNamespace(source, target);
    if (elsewhere && !letsIn(target, namespaceOrDefault(source))) return elsewhere;
    const value = {
      group: GATEWAY_API,
      kind: 'ListenerSet',
      name: nameOf(target),
      ...(elsewhere && { namespace: namespaceOrDefault(target) }),
    };
    return { source: [{ op: 'append', path: ['spec', 'parentRefs'], value }] };
  },
};

/** Whether a listener takes routes of a namespace that is not its own; by default none does. */
function letsIn(gateway: KubernetesObject, namespace: string): boolean {
  return arrayAt(gateway, 'spec', 'listeners').some((listener) => {
    const from = nameAt(listener, 'allowedRoutes', 'namespaces', 'from');
    if (from !== 'Selector') return from === 'All';
    // Only the label that every namespace has is known here; other labels are left to the Gateway's author.
    const selector = parseLabelSelector(valueAt(listener, 'allowedRoutes', 'namespaces', 'selector'));
    const own = new Map([[NAMESPACE_NAME_LABEL, namespace]]);
    const others = selector.requirements.some(({ key }) => key !== NAMESPACE_NAME_LABEL);
    return others || matchesLabels(selector, own);
  });
}

function portsFor(route: KubernetesObject, service: KubernetesObject): readonly ServicePortView[] {
  const wanted = groupVersionKindOf(route).kind === 'UDPRoute' ? 'UDP' : 'TCP';
  return servicePortsOf(service).filter(({ protocol }) => protocol === wanted);
}

/**
 * Route → Service: one more backend of the first rule that has none yet, else of the last rule. A Service of another
 * namespace would also need a ReferenceGrant over there, which an arrow cannot write.
 */
export const routeToBackend: Connection = {
  id: 'route',
  to: SERVICE,
  options(source, target) {
    const values = portsFor(source, target).map(({ port }) => String(port));
    const [value] = values;
    return value === undefined || values.length < 2 ? [] : [{ id: 'port', value, values }];
  },
  connect(source, target, _template, chosen) {
    const elsewhere = refuseOtherNamespace(source, target);
    if (elsewhere) return elsewhere;
    if (pointsAt(source, 'backend', target)) return ALREADY;
    const ports = portsFor(source, target);
    const port = ports.find((known) => String(known.port) === chosen?.port) ?? ports[0];
    if (!port) return { refused: 'connect.noPort' };
    const value = { name: nameOf(target), port: port.port };
    const rules = arrayAt(source, 'spec', 'rules');
    if (rules.length === 0)
      return { source: [{ op: 'append', path: ['spec', 'rules'], value: { backendRefs: [value] } }] };
    const empty = rules.findIndex((rule) => arrayAt(rule, 'backendRefs').length === 0);
    const placeholder = placeholderAt(source);
    if (placeholder) return { source: [{ op: 'set', path: placeholder, value }] };
    return {
      source: [{ op: 'append', path: ['spec', 'rules', empty < 0 ? rules.length - 1 : empty, 'backendRefs'], value }],
    };
  },
};

/** The backend that a new route must have and that stands for nothing yet: named as the route itself. */
export function placeholderBackend(name: string): JsonObject {
  return { name, port: 443 };
}

function placeholderAt(route: KubernetesObject): Path | undefined {
  const path = ['spec', 'rules', 0, 'backendRefs', 0];
  return jsonEqual(objectAt(route, ...path), placeholderBackend(nameOf(route))) ? path : undefined;
}

function pointsAt(source: KubernetesObject, type: 'parent' | 'backend', target: KubernetesObject): boolean {
  const { group, kind } = groupVersionKindOf(target);
  const namespace = namespaceOrDefault(target);
  return routeReferences(source).some(
    ({ type: known, target: to }) =>
      known === type &&
      to.by === 'name' &&
      to.group === group &&
      to.kind === kind &&
      to.namespace === namespace &&
      to.name === nameOf(target),
  );
}

/**
 * Takes a parent, backend or filter away. `backendsRequired`: rules of this kind must keep a backend, so that the last
 * one takes its rule along, and the last rule stays.
 */
export function disconnectRoute(backendsRequired: boolean) {
  return (route: KubernetesObject, reference: Reference): readonly FieldEdit[] | Refusal => {
    const { field } = reference;
    const list = field.findLastIndex((step) => step === 'parentRefs' || step === 'filters' || step === 'backendRefs');
    const item = field.slice(0, list + 2);
    const isLastBackend = field[list] === 'backendRefs' && arrayAt(route, ...item.slice(0, -1)).length <= 1;
    if (!isLastBackend || !backendsRequired) return [removeListItem(route, item)];
    if (arrayAt(route, 'spec', 'rules').length <= 1) return { refused: 'disconnect.required' };
    return [{ op: 'delete', path: item.slice(0, 3) }];
  };
}

/** Hostnames, and how many backends requests are spread over. */
export function routeSummary(route: KubernetesObject) {
  const hosts = arrayAt(route, 'spec', 'hostnames').filter((host): host is string => typeof host === 'string');
  const paths = arrayAt(route, 'spec', 'rules').flatMap((rule) => arrayAt(rule, 'matches').flatMap(matchText));
  const fact = hosts.join(', ');
  const detail = [...new Set(paths)].join(', ');
  return { ...(fact !== '' && { fact }), ...(detail !== '' && { detail }) };
}

function matchText(match: JsonValue): readonly string[] {
  const path = nameAt(match, 'path', 'value');
  const service = nameAt(match, 'method', 'service');
  const method = nameAt(match, 'method', 'method');
  if (path !== undefined) return [path];
  return service === undefined && method === undefined ? [] : [[service, method].filter(Boolean).join('/')];
}
