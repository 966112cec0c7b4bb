import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, nameAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection, ConnectionOption, ServicePortView } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { ALREADY, refuseOtherNamespace } from '../shared/same-namespace.ts';
import { servicePortsOf } from '../shared/service-ports.ts';
import { CLASS_ANNOTATION, backendReferences, classOf, tlsReferences } from './ingress.references.ts';

const SERVICE = { group: '', kind: 'Service' };

/** Ingress → Service: one more path of the first rule. */
export const routeToService: Connection = {
  id: 'route',
  to: SERVICE,
  options(source, target) {
    const rules = arrayAt(source, 'spec', 'rules');
    return [
      { id: 'path', value: freePath(rules[0], nameOf(target)) },
      { id: 'host', value: nameAt(rules[0], 'host') ?? '' },
      ...portOptions(target),
    ];
  },
  connect(source, target, _template, chosen) {
    const backend = backendTo(source, target, 'backend', chosen?.port);
    if ('refused' in backend) return backend;
    const rules = arrayAt(source, 'spec', 'rules');
    const host = chosen?.host ?? nameAt(rules[0], 'host') ?? '';
    const at = rules.findIndex((rule) => (nameAt(rule, 'host') ?? '') === host);
    const path = chosen?.path || freePath(rules[at], nameOf(target));
    const entry = { path, pathType: 'Prefix', backend: backend.value };
    if (at >= 0) return { source: [{ op: 'append', path: ['spec', 'rules', at, 'http', 'paths'], value: entry }] };
    const value = { ...(host === '' ? {} : { host }), http: { paths: [entry] } };
    return { source: [{ op: 'append', path: ['spec', 'rules'], value }] };
  },
};

/** Ingress → Service: where everything goes that no rule matches. */
export const sendTheRestToService: Connection = {
  id: 'defaultBackend',
  to: SERVICE,
  connect(source, target) {
    const backend = backendTo(source, target, 'defaultBackend');
    if ('refused' in backend) return backend;
    const field = isV1(source) ? 'defaultBackend' : 'backend';
    return { source: [{ op: 'set', path: ['spec', field], value: backend.value }] };
  },
};

/** Ingress → Secret: the certificate of the hosts that have none yet. */
export const serveSecret: Connection = {
  id: 'tls',
  to: { group: '', kind: 'Secret' },
  connect(source, target) {
    const elsewhere = refuseOtherNamespace(source, target);
    if (elsewhere) return elsewhere;
    const secretName = nameOf(target);
    if (tlsReferences(source).some(({ target: to }) => to.by === 'name' && to.name === secretName)) return ALREADY;
    const tls = arrayAt(source, 'spec', 'tls');
    const served = new Set(tls.flatMap((entry) => arrayAt(entry, 'hosts')));
    const hosts = new Set(arrayAt(source, 'spec', 'rules').flatMap((rule) => asName(valueAt(rule, 'host')) ?? []));
    const open = [...hosts].filter((host) => !served.has(host));
    const value = open.length === 0 ? { secretName } : { hosts: open, secretName };
    return { source: [{ op: 'append', path: ['spec', 'tls'], value }] };
  },
};

/** Ingress → IngressClass: the field, which excludes the older annotation. */
export const useClass: Connection = {
  id: 'class',
  to: { group: 'networking.k8s.io', kind: 'IngressClass' },
  connect(source, target) {
    const name = nameOf(target);
    if (classOf(source)?.name === name) return ALREADY;
    const edits: FieldEdit[] = [{ op: 'set', path: ['spec', 'ingressClassName'], value: name }];
    if (stringAt(source, ...CLASS_ANNOTATION) !== undefined) edits.push({ op: 'delete', path: CLASS_ANNOTATION });
    return { source: edits };
  },
};

/** The backend as the version of the Ingress writes it, or why there is none. */
function backendTo(
  source: KubernetesObject,
  target: KubernetesObject,
  type: 'backend' | 'defaultBackend',
  chosenPort?: string,
): { readonly value: JsonObject } | Refusal {
  const elsewhere = refuseOtherNamespace(source, target);
  if (elsewhere) return elsewhere;
  const name = nameOf(target);
  const exists = backendReferences(source).some(
    ({ type: known, target: to }) => known === type && to.by === 'name' && to.kind === 'Service' && to.name === name,
  );
  if (exists) return ALREADY;
  const ports = tcpPorts(target);
  const port = ports.find((known) => portText(known) === chosenPort) ?? ports[0];
  if (!port) return { refused: 'connect.noPort' };
  return { value: isV1(source) ? { service: { name, port: backendPort(port) } } : oldBackend(name, port) };
}

function tcpPorts(service: KubernetesObject): readonly ServicePortView[] {
  return servicePortsOf(service).filter(({ protocol }) => protocol === 'TCP');
}

function portText({ name, port }: ServicePortView): string {
  return name ?? String(port);
}

function portOptions(service: KubernetesObject): readonly ConnectionOption[] {
  const values = tcpPorts(service).map(portText);
  const [value] = values;
  return value === undefined || values.length < 2 ? [] : [{ id: 'port', value, values }];
}

function backendPort({ name, port }: ServicePortView): JsonObject {
  return name === undefined ? { number: port } : { name };
}

function oldBackend(serviceName: string, { name, port }: ServicePortView): JsonObject {
  return { serviceName, servicePort: name ?? port };
}

function isV1(object: KubernetesObject): boolean {
  return object.apiVersion === 'networking.k8s.io/v1';
}

/** The root while it is free, then the Service's name, then a numbered one. */
function freePath(rule: unknown, name: string): string {
  const taken = new Set(arrayAt(rule, 'http', 'paths').map((entry) => stringAt(entry, 'path') ?? '/'));
  if (!taken.has('/')) return '/';
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? `/${name}` : `/${name}-${number}`;
    if (!taken.has(path)) return path;
  }
}

export function disconnectIngress(object: KubernetesObject, reference: Reference): readonly FieldEdit[] | Refusal {
  const [root, list, index] = reference.field;
  if (root !== 'spec') return [{ op: 'delete', path: reference.field }];
  if (list === 'rules' && typeof index === 'number') return [removePath(object, reference, index)];
  if (list === 'tls' && typeof index === 'number') return [removeListItem(object, ['spec', 'tls', index])];
  if (list === 'ingressClassName') return [{ op: 'delete', path: reference.field }];
  // An Ingress needs rules or a default backend.
  if (arrayAt(object, 'spec', 'rules').length === 0) return { refused: 'disconnect.required' };
  return [{ op: 'delete', path: ['spec', String(list)] }];
}

/** The last path takes its rule along, unless the Ingress would be left with nothing: then the bare host stays. */
function removePath(object: KubernetesObject, reference: Reference, rule: number): FieldEdit {
  const entry = reference.field.slice(0, 6);
  if (arrayAt(object, ...entry.slice(0, -1)).length > 1) return { op: 'delete', path: entry };
  const others = arrayAt(object, 'spec', 'rules').length > 1;
  const hasHost = nameAt(object, 'spec', 'rules', rule, 'host') !== undefined;
  const hasDefault = objectAt(object, 'spec', 'defaultBackend') ?? objectAt(object, 'spec', 'backend');
  if (others) return { op: 'delete', path: ['spec', 'rules', rule] };
  if (hasDefault && !hasHost) return { op: 'delete', path: ['spec', 'rules'] };
  return { op: 'delete', path: ['spec', 'rules', rule, 'http'] };
}
