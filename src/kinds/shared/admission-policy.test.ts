import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { connected } from './testing/apply-edits.ts';
import { expectTotal } from './testing/expect-total.ts';
import { referenceLines } from './testing/reference-text.ts';
import { admissionPolicyBindingDefinition, admissionPolicyDefinition } from './admission-policy.ts';

const policy = admissionPolicyDefinition(
  { kind: 'ValidatingAdmissionPolicy', resource: 'validatingadmissionpolicies', fields: [] },
  { matchConstraints: { resourceRules: [{ resources: ['deployments'] }] }, validations: [{ expression: 'true' }] },
);
const binding = admissionPolicyBindingDefinition(
  { kind: 'ValidatingAdmissionPolicyBinding', resource: 'validatingadmissionpolicybindings', fields: [] },
  'ValidatingAdmissionPolicy',
  { validationActions: ['Deny', 'Audit'] },
);

test('rule 60: a binding names its policy', () => {
  const fresh = binding.newObject('max-replicas');
  expect(referenceLines(binding.references(fresh))).toEqual([
    'policy spec.policyName -> ValidatingAdmissionPolicy.admissionregistration.k8s.io//max-replicas',
  ]);
  expect(binding.summary?.(fresh)).toEqual({ fact: 'max-replicas', detail: 'Deny, Audit' });
  const target: KubernetesObject = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'other' },
  };
  const [use] = binding.connections!;
  expect(connected(fresh, use!.connect(fresh, target))).toHaveProperty('spec.policyName', 'other');
  expect(use!.connect(fresh, policy.newObject('max-replicas'))).toEqual({ refused: 'connect.already' });
  expect(binding.disconnect!(fresh, binding.references(fresh)[0]!)).toEqual({ refused: 'disconnect.required' });
});

test('a binding names or selects parameters of the kind that its policy says', () => {
  const fresh = binding.newObject('max-replicas');
  const withRef = (paramRef: JsonObject): KubernetesObject => ({
    ...fresh,
    spec: { policyName: 'max-replicas', paramRef },
  });
  const paramOf = (paramRef: JsonObject): unknown => binding.references(withRef(paramRef))[1];
  const kindIn = {
    group: 'admissionregistration.k8s.io',
    kind: 'ValidatingAdmissionPolicy',
    name: 'max-replicas',
    path: ['spec', 'paramKind'],
  };
  expect(paramOf({ name: 'limits', namespace: 'shop', parameterNotFoundAction: 'Allow' })).toEqual({
    type: 'policyParameter',
    field: ['spec', 'paramRef', 'name'],
    namespaceField: ['spec', 'paramRef', 'namespace'],
    optional: true,
    target: { by: 'name', group: '', kind: '', kindIn, namespace: 'shop', name: 'limits' },
  });
  expect(paramOf({ selector: {}, parameterNotFoundAction: 'Deny' })).toMatchObject({
    field: ['spec', 'paramRef', 'selector'],
    optional: false,
    target: { by: 'objects', kindIn, namespaces: 'all' },
  });
  expect(paramOf({})).toBeUndefined();
  const object = withRef({ name: 'limits' });
  expect(binding.disconnect!(object, binding.references(object)[1]!)).toEqual([
    { op: 'delete', path: ['spec', 'paramRef'] },
  ]);
});

test('a policy says what it is asked about', () => {
  expect(policy.summary?.(policy.newObject('p'))).toEqual({ fact: 'deployments', detail: 'failurePolicy Fail' });
});

test('nothing in a policy or binding makes it throw', () => {
  expectTotal(policy, [policy.newObject('p')]);
  expectTotal(binding, [binding.newObject('b')]);
});
