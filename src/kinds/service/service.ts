import { isEmptySelector, labelSelectorFromMap } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, nameAt, numberAt, stringAt, valueAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import type { ExternalKind, Reference, ReferenceType } from '../reference.ts';
import { namespaceOrDefault, referenceTo } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { serviceOfHost } from '../shared/service-dns.ts';
import { servicePortsOf } from '../shared/service-ports.ts';
import { disconnectService, selectPods } from './service.editing.ts';

export const service: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'Service',
  resource: 'services',
  shortNames: ['svc'],
  scope: 'Namespaced',
  category: 'network',
  nameForm: 'label',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: newMetadata(name, namespace),
    spec: { ports: [{ port: 80 }] },
  }),
  references: (object) => [...selected(object), ...externals(object)],
  servicePorts: servicePortsOf,
  connections: [selectPods],
  disconnect: disconnectService,
  summary,
  fields: [
    'spec.type',
    'spec.selector',
    'spec.ports[*].name',
    'spec.ports[*].port',
    'spec.ports[*].targetPort',
    'spec.ports[*].nodePort',
    'spec.ports[*].protocol',
    'spec.clusterIP',
    'spec.externalName',
    'spec.externalTrafficPolicy',
    'spec.sessionAffinity',
  ],
};

/** An empty selector selects no Pod (somebody else writes the endpoints), and ExternalName ignores its selector. */
function selected(object: KubernetesObject): readonly Reference[] {
  const field = ['spec', 'selector'];
  const selector = labelSelectorFromMap(valueAt(object, ...field));
  if (isEmptySelector(selector) || isExternalName(object)) return [];
  const namespaces = { names: [namespaceOrDefault(object)] };
  return [{ type: 'serviceSelector', field, target: { by: 'pods', namespaces, selector } }];
}

/** What lies outside the cluster: the name an ExternalName stands for, allowed clients, addresses that lead here. */
function externals(object: KubernetesObject): readonly Reference[] {
  const list = (name: string, type: ReferenceType, what: ExternalKind) =>
    arrayAt(object, 'spec', name).flatMap((item, index) => external(type, what, item, ['spec', name, index]));
  const single = (name: string, type: ReferenceType, what: ExternalKind) =>
    external(type, what, valueAt(object, 'spec', name), ['spec', name]);
  return [
    ...(isExternalName(object) ? aliased(object) : []),
    ...list('loadBalancerSourceRanges', 'policyIngress', 'cidr'),
    ...list('externalIPs', 'address', 'address'),
    ...single('loadBalancerIP', 'address', 'address'),
    ...single('loadBalancerClass', 'class', 'controller'),
  ];
}

/** The name that an ExternalName stands for; it may be that of another Service of the cluster. */
function aliased(object: KubernetesObject): readonly Reference[] {
  const field = ['spec', 'externalName'];
  const value = nameAt(object, ...field);
  const service = value === undefined ? undefined : serviceOfHost(value);
  if (!service) return external('externalName', 'dnsName', value, field);
  const { name, namespace, format } = service;
  const target = { group: '', kind: 'Service', namespace, name };
  return [referenceTo('externalName', field, target, { nameFormat: format })];
}

function external(type: ReferenceType, what: ExternalKind, value: unknown, field: Path): readonly Reference[] {
  const name = asName(value);
  return name === undefined ? [] : [{ type, field, target: { by: 'external', what, value: name } }];
}

function isExternalName(object: KubernetesObject): boolean {
  return stringAt(object, 'spec', 'type') === 'ExternalName';
}

/** Type and ports as `kubectl get services` prints them: `80:30080/TCP`. */
function summary(object: KubernetesObject): Summary {
  const headless = stringAt(object, 'spec', 'clusterIP') === 'None';
  const fact = headless ? 'headless' : (nameAt(object, 'spec', 'type') ?? 'ClusterIP');
  const ports = arrayAt(object, 'spec', 'ports').flatMap((entry) => {
    const port = numberAt(entry, 'port');
    if (port === undefined) return [];
    const nodePort = numberAt(entry, 'nodePort');
    return [`${port}${nodePort ? `:${nodePort}` : ''}/${stringAt(entry, 'protocol') ?? 'TCP'}`];
  });
  const detail = isExternalName(object) ? nameAt(object, 'spec', 'externalName') : ports.join(', ') || undefined;
  return detail === undefined ? { fact } : { fact, detail };
}
