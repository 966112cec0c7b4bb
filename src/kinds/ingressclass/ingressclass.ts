import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { classControllerReferences } from '../shared/class-controller.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

export const ingressClass: KindDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  resource: 'ingressclasses',
  shortNames: [],
  scope: 'Cluster',
  category: 'network',
  olderVersions: [{ group: 'networking.k8s.io', version: 'v1beta1' }],
  newObject: (name) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: newMetadata(name),
    spec: { controller: 'example.com/ingress-controller' },
  }),
  references: (object) => [
    ...classControllerReferences(object, ['spec', 'controller']),
    ...parameterReferences(object),
  ],
  disconnect: (_, { type }) =>
    type === 'parameters' ? [{ op: 'delete', path: ['spec', 'parameters'] }] : { refused: 'disconnect.required' },
  summary,
  fields: [
    'spec.controller',
    'spec.parameters.kind',
    'spec.parameters.name',
    'spec.parameters.scope',
    'spec.parameters.namespace',
  ],
};

/** Parameters are a cluster-scoped object unless `scope` says Namespace. Source: networking/v1 defaults.go, 1.36. */
function parameterReferences(object: KubernetesObject): readonly Reference[] {
  const path = ['spec', 'parameters'];
  const kind = nameAt(object, ...path, 'kind');
  if (kind === undefined) return [];
  const group = stringAt(object, ...path, 'apiGroup') ?? '';
  const inNamespace = stringAt(object, ...path, 'scope') === 'Namespace';
  const namespace = inNamespace ? (nameAt(object, ...path, 'namespace') ?? '') : '';
  const details = inNamespace ? { namespaceField: [...path, 'namespace'] } : {};
  return nameReference(object, 'parameters', [...path, 'name'], { group, kind, namespace }, details);
}

/** The controller, and whether Ingresses without a class are given this one. */
function summary(object: KubernetesObject): Summary {
  const fact = nameAt(object, 'spec', 'controller');
  const isDefault = annotationsOf(object).get('ingressclass.kubernetes.io/is-default-class') === 'true';
  return { ...(fact !== undefined && { fact }), ...(isDefault && { detail: 'default' }) };
}
