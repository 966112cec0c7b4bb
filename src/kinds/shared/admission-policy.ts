import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { parseLabelSelector } from '../../apimachinery/label-selector.ts';
import { arrayAt, asName, nameAt, objectAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import type { Reference } from '../reference.ts';
import type { Connection, KindDefinition, Summary } from '../kind.ts';
import { nameReference } from './name-reference.ts';
import { newMetadata } from './new-metadata.ts';
import { ALREADY } from './same-namespace.ts';

export const ADMISSION = 'admissionregistration.k8s.io';
const POLICY_NAME = ['spec', 'policyName'];
const PARAM_REF = ['spec', 'paramRef'];

type Names = Pick<KindDefinition, 'kind' | 'resource' | 'fields'>;

const COMMON = {
  group: ADMISSION,
  version: 'v1',
  shortNames: [],
  scope: 'Cluster',
  category: 'cluster',
  olderVersions: [
    { group: ADMISSION, version: 'v1beta1' },
    { group: ADMISSION, version: 'v1alpha1' },
  ],
} as const;

/** A policy points at nothing: its `paramKind` names a kind, and the binding names the object. */
export function admissionPolicyDefinition(names: Names, newSpec: JsonObject): KindDefinition {
  return {
    ...COMMON,
    ...names,
    newObject: (name) => ({
      apiVersion: `${ADMISSION}/v1`,
      kind: names.kind,
      metadata: newMetadata(name),
      spec: newSpec,
    }),
    references: () => [],
    summary: policySummary,
  };
}

/** What the policy is asked about, and what follows when it cannot answer. */
function policySummary(object: KubernetesObject): Summary {
  const rules = arrayAt(object, 'spec', 'matchConstraints', 'resourceRules');
  const resources = rules.flatMap((rule) => arrayAt(rule, 'resources').flatMap((name) => asName(name) ?? []));
  const fact = [...new Set(resources)].join(', ');
  return { ...(fact !== '' && { fact }), detail: `failurePolicy ${nameAt(object, 'spec', 'failurePolicy') ?? 'Fail'}` };
}

/** A binding puts a policy into force, with the parameters of its `paramRef`. */
export function admissionPolicyBindingDefinition(
  names: Names,
  policyKind: string,
  newSpec: JsonObject,
): KindDefinition {
  const policy = { group: ADMISSION, kind: policyKind };
  const usePolicy: Connection = {
    id: 'usePolicy',
    to: policy,
    connect(source, target) {
      const value = nameOf(target);
      if (nameAt(source, ...POLICY_NAME) === value) return ALREADY;
      return { source: [{ op: 'set', path: POLICY_NAME, value }] };
    },
  };
  return {
    ...COMMON,
    ...names,
    // A policy name is required; until an arrow says which, the binding's own name stands there, as is the custom.
    newObject: (name) => ({
      apiVersion: `${ADMISSION}/v1`,
      kind: names.kind,
      metadata: newMetadata(name),
      spec: { policyName: name, ...newSpec },
    }),
    references: (object) => [
      ...nameReference(object, 'policy', POLICY_NAME, { ...policy, namespace: '' }),
      ...paramReferences(object, policy),
    ],
    connections: [usePolicy],
    disconnect: (_, { type }) =>
      type === 'policyParameter' ? [{ op: 'delete', path: PARAM_REF }] : { refused: 'disconnect.required' },
    summary: bindingSummary,
  };
}

/**
 * The parameters that a binding names or selects; their kind is the policy's `paramKind`. Without a namespace those are
 * meant that are in the namespace of the request, which may be any.
 */
function paramReferences(object: KubernetesObject, policy: GroupKind): readonly Reference[] {
  const ref = objectAt(object, ...PARAM_REF);
  const policyName = nameAt(object, ...POLICY_NAME);
  if (ref === undefined || policyName === undefined) return [];
  const namespace = nameAt(ref, 'namespace');
  const kindIn = { ...policy, name: policyName, path: ['spec', 'paramKind'] };
  const common = {
    type: 'policyParameter',
    optional: nameAt(ref, 'parameterNotFoundAction') === 'Allow',
    ...(namespace === undefined ? {} : { namespaceField: [...PARAM_REF, 'namespace'] }),
  } as const;
  const noKind = { group: '', kind: '', kindIn };
  const name = nameAt(ref, 'name');
  if (name !== undefined) {
    const target = { by: 'name', ...noKind, namespace: namespace ?? '', name } as const;
    return [{ ...common, field: [...PARAM_REF, 'name'], target }];
  }
  const selector = objectAt(ref, 'selector');
  if (selector === undefined) return [];
  const namespaces = namespace === undefined ? ('all' as const) : { names: [namespace] };
  const anyOf = [{ labels: parseLabelSelector(selector) }];
  return [{ ...common, field: [...PARAM_REF, 'selector'], target: { by: 'objects', ...noKind, namespaces, anyOf } }];
}

function bindingSummary(object: KubernetesObject): Summary {
  const fact = nameAt(object, ...POLICY_NAME);
  const detail = arrayAt(object, 'spec', 'validationActions')
    .flatMap((action) => asName(action) ?? [])
    .join(', ');
  return { ...(fact !== undefined && { fact }), ...(detail !== '' && { detail }) };
}
