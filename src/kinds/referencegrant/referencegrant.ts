import { EVERYTHING } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import type { ObjectSelectorTarget, Reference } from '../reference.ts';
import { grantedSources, grantedTargets } from '../shared/gateway-api/reference-grant.ts';
import { GATEWAY_API } from '../shared/gateway-api/object-reference.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { namespaceOrDefault, referenceTo } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { arrayAt } from '../../base/json.ts';

export const referenceGrant: KindDefinition = {
  group: GATEWAY_API,
  version: 'v1',
  kind: 'ReferenceGrant',
  resource: 'referencegrants',
  shortNames: ['refgrant'],
  scope: 'Namespaced',
  category: 'network',
  olderVersions: [
    { group: GATEWAY_API, version: 'v1beta1' },
    { group: GATEWAY_API, version: 'v1alpha2' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'ReferenceGrant',
    metadata: newMetadata(name, namespace),
    spec: {
      from: [{ group: GATEWAY_API, kind: 'HTTPRoute', namespace: 'default' }],
      to: [{ group: '', kind: 'Service' }],
    },
  }),
  references: (object) => [...sourceReferences(object), ...targetReferences(object)],
  disconnect: (object, { field }) =>
    arrayAt(object, ...field.slice(0, 2)).length <= 1
      ? { refused: 'disconnect.required' }
      : [removeListItem(object, field.slice(0, 3))],
  summary,
  fields: ['spec.from[*].kind', 'spec.from[*].namespace', 'spec.to[*].kind', 'spec.to[*].name'],
};

/** Whoever may point here: all objects of a kind in another namespace. */
function sourceReferences(object: KubernetesObject): readonly Reference[] {
  return grantedSources(object).map(({ path, group, kind, namespace }) => ({
    type: 'grant',
    field: path,
    target: allOf(group, kind, namespace),
    namespaceField: [...path, 'namespace'],
  }));
}

/** What may be pointed at: an object of this namespace by name, or all of its kind. */
function targetReferences(object: KubernetesObject): readonly Reference[] {
  const namespace = namespaceOrDefault(object);
  return grantedTargets(object).map(({ path, group, kind, name }) =>
    name === undefined
      ? { type: 'grant', field: path, target: allOf(group, kind, namespace) }
      : referenceTo('grant', [...path, 'name'], { group, kind, namespace, name }),
  );
}

function allOf(group: string, kind: string, namespace: string): ObjectSelectorTarget {
  return { by: 'objects', group, kind, namespaces: { names: [namespace] }, anyOf: [{ labels: EVERYTHING }] };
}

/** `HTTPRoute`, and what it may point at: `Service`. */
function summary(object: KubernetesObject): Summary {
  const from = [...new Set(grantedSources(object).map(({ kind }) => kind))].join(', ');
  const to = [...new Set(grantedTargets(object).map(({ kind }) => kind))].join(', ');
  return { ...(from !== '' && { fact: from }), ...(to !== '' && { detail: to }) };
}
