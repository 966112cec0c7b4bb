import type { KubernetesObject } from '../../apimachinery/object.ts';
import { jsonEqual, nameAt, objectAt } from '../../base/json.ts';
import { isRefusal } from '../field-edit.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection, KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { ALREADY } from '../shared/same-namespace.ts';
import { caInjectionReferences } from '../shared/webhook/ca-injection.ts';
import { SERVICE, calledService, serviceToCall } from '../shared/webhook/client-config.ts';

const GROUP = 'apiregistration.k8s.io';
const SERVICE_FIELD = ['spec', 'service'];

/** APIService → Service: the extension API server behind this group and version. */
const callService: Connection = {
  id: 'callService',
  to: SERVICE,
  connect(source, target) {
    const value = serviceToCall(target);
    if (isRefusal(value)) return value;
    const written = objectAt(source, ...SERVICE_FIELD);
    const same = ['namespace', 'name'].every((field) => jsonEqual(written?.[field], value[field]));
    return same ? ALREADY : { source: [{ op: 'set', path: SERVICE_FIELD, value }] };
  },
};

export const apiService: KindDefinition = {
  group: GROUP,
  version: 'v1',
  kind: 'APIService',
  resource: 'apiservices',
  shortNames: [],
  scope: 'Cluster',
  category: 'cluster',
  olderVersions: [{ group: GROUP, version: 'v1beta1' }],
  newObject,
  references: (object) => [...calledService(object, 'apiService', SERVICE_FIELD), ...caInjectionReferences(object)],
  connections: [callService],
  disconnect,
  summary,
  fields: [
    'spec.group',
    'spec.version',
    'spec.service.name',
    'spec.service.namespace',
    'spec.service.port',
    'spec.groupPriorityMinimum',
    'spec.versionPriority',
    'spec.insecureSkipTLSVerify',
  ],
};

/** The API server takes no name but `version.group`; any other word becomes the group's first. */
function newObject(name: string): KubernetesObject {
  const [, version, group] = /^([a-z][-a-z0-9]*)\.(.+)$/.exec(name) ?? [name, 'v1', `${name}.example.com`];
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'APIService',
    metadata: newMetadata(`${version}.${group}`),
    spec: { group: group!, version: version!, groupPriorityMinimum: 1000, versionPriority: 15 },
  };
}

/** Without a Service the API server answers itself; it then has no certificate to check. */
function disconnect(object: KubernetesObject, { type, field }: Reference): readonly FieldEdit[] | Refusal {
  if (type !== 'apiService') return [{ op: 'delete', path: field }];
  const checks = ['caBundle', 'insecureSkipTLSVerify'].filter((name) => objectAt(object, 'spec')?.[name] !== undefined);
  return ['service', ...checks].map((name) => ({ op: 'delete', path: ['spec', name] }));
}

/** As `kubectl get apiservices`: the Service behind it, or `Local`. */
function summary(object: KubernetesObject): Summary {
  const name = nameAt(object, ...SERVICE_FIELD, 'name');
  return { fact: name === undefined ? 'Local' : `${nameAt(object, ...SERVICE_FIELD, 'namespace') ?? ''}/${name}` };
}
