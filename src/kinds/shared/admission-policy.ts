import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, nameAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Connection, KindDefinition, Summary } from '../kind.ts';
import { nameReference } from './name-reference.ts';
import { newMetadata } from './new-metadata.ts';
import { ALREADY } from './same-namespace.ts';

export const ADMISSION = 'admissionregistration.k8s.io';
const POLICY_NAME = ['spec', 'policyName'];

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

/**
 * A binding puts a policy into force. Its `paramRef` names an object whose kind only the policy knows (`paramKind`), so
 * a binding alone cannot say what that is.
 */
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
    references: (object) => nameReference(object, 'policy', POLICY_NAME, { ...policy, namespace: '' }),
    connections: [usePolicy],
    disconnect: () => ({ refused: 'disconnect.required' }),
    summary: bindingSummary,
  };
}

function bindingSummary(object: KubernetesObject): Summary {
  const fact = nameAt(object, ...POLICY_NAME);
  const detail = arrayAt(object, 'spec', 'validationActions')
    .flatMap((action) => asName(action) ?? [])
    .join(', ');
  return { ...(fact !== undefined && { fact }), ...(detail !== '' && { detail }) };
}
