import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../base/testing/upstream-table.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Answer } from '../answer.ts';
import { isRefusal } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { clusterOf } from '../testing/cluster-of.ts';
import { validatingAdmissionPolicy } from './validating-admission-policy.ts';

const source = upstreamSource(
  'admission',
  'staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/admission_test.go, Kubernetes 1.36.2 (Apache License 2.0)',
);

const PARAMS = { apiVersion: 'example.com/v1', kind: 'ParamsConfig' };
const CLUSTER_PARAMS = { apiVersion: 'example.com/v1', kind: 'ClusterScopedParamsConfig' };
const POLICY = 'denypolicy.example.com';
const BINDING = 'denybinding.example.com';
const NAME = 'replicas-test.example.com';

interface Given {
  readonly name?: string;
  readonly spec?: JsonObject;
}

/** Upstream’s evaluator is a Go function: here `validation` says the same in CEL. */
function policy(validation: JsonObject, { name = POLICY, spec = {} }: Given = {}): KubernetesObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      paramKind: PARAMS,
      matchConstraints: {
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
        objectSelector: {},
        resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], operations: ['*'] }],
      },
      validations: [validation],
      ...spec,
    },
  };
}

function binding({ name = BINDING, spec = {} }: Given = {}): KubernetesObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: POLICY,
      paramRef: { name: NAME, namespace: 'default', parameterNotFoundAction: 'Deny' },
      validationActions: ['Deny'],
      ...spec,
    },
  };
}

const object = (
  type: { readonly apiVersion: string; readonly kind: string },
  name: string,
  namespace?: string,
  labels = {},
) => ({
  ...type,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }), labels },
});

const fakeParams = object(PARAMS, NAME, 'default');
const DENY = { expression: 'false', message: 'Denied' };

function viewOf(objects: readonly KubernetesObject[]): ClusterView {
  const ofKind = (kind: string, namespace: string) =>
    objects.filter((one) => one.kind === kind && (namespaceOf(one) ?? '') === namespace);
  return clusterOf([], {
    get: ({ kind }, namespace, name) =>
      kind === 'Namespace'
        ? { apiVersion: 'v1', kind, metadata: { name } }
        : ofKind(kind, namespace).find((one) => nameOf(one) === name),
    list: ({ kind }, namespace) => ofKind(kind, namespace),
    resourcesOf({ group, kind }) {
      const scopes: Readonly<Record<string, 'Namespaced' | 'Cluster'>> = {
        ParamsConfig: 'Namespaced',
        ConfigMap: 'Namespaced',
        ClusterScopedParamsConfig: 'Cluster',
        ValidatingAdmissionPolicy: 'Cluster',
      };
      const scope = scopes[kind];
      return scope === undefined ? [] : [{ group, resource: `${kind.toLowerCase()}s`, scope }];
    },
  });
}

function ask(asked: KubernetesObject, objects: readonly KubernetesObject[]): Answer {
  const [group = '', version = ''] = asked.apiVersion.split('/');
  const request: AdmissionRequest = {
    operation: 'CREATE',
    kind: { group, version, kind: asked.kind },
    resource: { group, resource: 'anythings' },
    subresource: '',
    namespace: namespaceOf(asked) ?? '',
    name: nameOf(asked),
    object: asked,
    user: { name: 'somebody', groups: [] },
    dryRun: false,
    generateName: (prefix) => prefix,
  };
  return validatingAdmissionPolicy.validate?.(request, viewOf(objects));
}

const words = (answer: Answer): string => (isRefusal(answer) ? answer.message : '');
const heard = (answer: Answer): readonly string[] =>
  (answer?.warnings ?? []).map((warning) => warning.replace(/^.*': /, ''));
/** Denies, and says by a warning with which parameter. */
const TELLS_PARAM = {
  expression: 'false',
  message: 'without',
  messageExpression: `(has(params.metadata.namespace) ? params.metadata.namespace : '') + '/' + params.metadata.name`,
};
const LOUD = { validationActions: ['Deny', 'Warn'] };
const SORRY = { expression: 'false', message: "I'm sorry Dave" };
const WITHOUT_PARAMS: Given = { spec: { paramKind: null } };
const NO_PARAMS = 'no params found for policy binding with `Deny` parameterNotFoundAction';
const FAILURE = 'validation.policy.admission.k8s.io/validation_failure';

const failureOf = (answer: Answer): unknown => {
  const text = answer?.auditAnnotations?.[FAILURE];
  return text === undefined ? undefined : JSON.parse(text);
};

const CASES: readonly (readonly [name: string, run: () => void])[] = [
  [
    'TestBasicPolicyDefinitionFailure',
    () => {
      const answer = ask(fakeParams, [fakeParams, policy(DENY), binding()]);
      expect(answer).toMatchObject({
        code: 422,
        reason: 'Invalid',
        warnings: [],
        auditAnnotations: {},
        message: `anythings.example.com "${NAME}" is forbidden: ValidatingAdmissionPolicy '${POLICY}' with binding '${BINDING}' denied request: Denied`,
      });
    },
  ],
  [
    'TestDefinitionDoesntMatch',
    () => {
      const names = { resourceNames: ['evenlength'] };
      const rules = [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], operations: ['*'], ...names }];
      const matchConstraints = { namespaceSelector: {}, objectSelector: {}, resourceRules: rules };
      const objects = [fakeParams, policy(DENY, { spec: { matchConstraints } }), binding()];
      expect(words(ask(object(PARAMS, 'oddlength', 'default'), objects))).toBe('');
      expect(words(ask(object(PARAMS, 'evenlength', 'default'), objects))).toContain('Denied');
    },
  ],
  [
    'TestReconfigureBinding',
    () => {
      const second = object(PARAMS, 'replicas-test2.example.com', 'default');
      const paramRef = { name: nameOf(second), namespace: 'default', parameterNotFoundAction: 'Deny' };
      const [first, changed] = [binding(), binding({ spec: { paramRef } })];
      expect(words(ask(fakeParams, [fakeParams, policy(DENY), first]))).toContain('Denied');
      expect(words(ask(fakeParams, [fakeParams, policy(DENY), changed]))).toContain(NO_PARAMS);
      expect(words(ask(fakeParams, [fakeParams, second, policy(DENY), changed]))).toContain('Denied');
    },
  ],
  ['TestRemoveDefinition', () => expect(words(ask(fakeParams, [fakeParams, binding()]))).toBe('')],
  ['TestRemoveBinding', () => expect(words(ask(fakeParams, [fakeParams, policy(DENY)]))).toBe('')],
  [
    'TestInvalidParamSourceGVK',
    () => {
      const bad = policy(DENY, { spec: { paramKind: { ...PARAMS, kind: 'BadParamKind' } } });
      expect(words(ask(fakeParams, [fakeParams, bad, binding()]))).toContain(
        "failed to configure policy: failed to find resource referenced by paramKind: 'example.com/v1, Kind=BadParamKind'",
      );
    },
  ],
  [
    'TestInvalidParamSourceInstanceName',
    () => expect(words(ask(fakeParams, [policy(DENY), binding()]))).toContain(NO_PARAMS),
  ],
  [
    'TestEmptyParamRef',
    () => {
      const objects = [
        policy({ expression: 'params != null', message: 'Denied' }),
        binding({ spec: { paramRef: null } }),
      ];
      expect(words(ask(fakeParams, objects))).toContain('Denied');
    },
  ],
  [
    'TestEmptyParamSource',
    () => {
      const objects = [policy(DENY, WITHOUT_PARAMS), binding({ spec: { paramRef: null } })];
      expect(words(ask(fakeParams, objects))).toContain('Denied');
      expect(words(ask(fakeParams, [policy(DENY, WITHOUT_PARAMS), binding()]))).toContain('Denied');
    },
  ],
  [
    'TestMultiplePoliciesSharedParamType',
    () => {
      const second = policy(
        { expression: 'params == null', message: 'Policy2Denied' },
        { name: 'denypolicy2.example.com' },
      );
      const second1 = binding({ name: 'denybinding2.example.com', spec: { policyName: nameOf(second) } });
      const admits = { expression: 'true' };
      const before = [fakeParams, policy(admits), binding(), second, second1];
      const after = [
        fakeParams,
        policy(admits, WITHOUT_PARAMS),
        binding({ spec: { paramRef: null } }),
        second,
        second1,
      ];
      for (const objects of [before, after]) expect(words(ask(fakeParams, objects))).toContain('Policy2Denied');
    },
  ],
  [
    'TestNativeTypeParam',
    () => {
      const spec = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };
      const param = object({ apiVersion: 'v1', kind: 'ConfigMap' }, NAME, 'default');
      const isOther = {
        expression: `params.kind != 'ConfigMap' || params.apiVersion != 'v1'`,
        message: 'correct type',
      };
      expect(words(ask(fakeParams, [param, policy(isOther, { spec }), binding()]))).toContain('correct type');
    },
  ],
  [
    'TestAuditValidationAction',
    () => {
      const objects = [policy(SORRY, WITHOUT_PARAMS), binding({ spec: { validationActions: ['Audit'] } })];
      const answer = ask(fakeParams, objects);
      expect([words(answer), heard(answer)]).toEqual(['', []]);
      expect(failureOf(answer)).toEqual([
        {
          expressionIndex: 0,
          message: "I'm sorry Dave",
          validationActions: ['Audit'],
          binding: BINDING,
          policy: POLICY,
        },
      ]);
    },
  ],
  [
    'TestWarnValidationAction',
    () => {
      const objects = [policy(SORRY, WITHOUT_PARAMS), binding({ spec: { validationActions: ['Warn'] } })];
      expect(ask(fakeParams, objects)).toEqual({
        warnings: [
          `Validation failed for ValidatingAdmissionPolicy '${POLICY}' with binding '${BINDING}': I'm sorry Dave`,
        ],
        auditAnnotations: {},
      });
    },
  ],
  [
    'TestAllValidationActions',
    () => {
      const spec = { validationActions: ['Deny', 'Warn', 'Audit'] };
      const answer = ask(fakeParams, [policy(SORRY, WITHOUT_PARAMS), binding({ spec })]);
      expect(words(answer)).toContain("I'm sorry Dave");
      expect(heard(answer)).toEqual(["I'm sorry Dave"]);
      expect(failureOf(answer)).toEqual([expect.objectContaining(spec)]);
    },
  ],
  [
    'TestNamespaceParamRefName',
    () => {
      const type = { apiVersion: 'v1', kind: 'ConfigMap' };
      const [a, b, c] = ['default', 'mynamespace', 'othernamespace'].map((namespace) => object(type, NAME, namespace));
      const objects = [
        a!,
        b!,
        c!,
        policy(TELLS_PARAM, { spec: { paramKind: type } }),
        binding({ spec: { paramRef: { name: NAME }, ...LOUD } }),
      ];
      const seen = [a, b, c, a].flatMap((asked) => heard(ask(asked!, objects)));
      expect(seen).toEqual(['default', 'mynamespace', 'othernamespace', 'default'].map((space) => `${space}/${NAME}`));
    },
  ],
  [
    'TestNamespaceParamRefClusterScopedParamError',
    () => {
      const paramKind = { apiVersion: 'admissionregistration.k8s.io/v1beta1', kind: 'ValidatingAdmissionPolicy' };
      const paramRef = { name: 'other-param-to-use-with-no-label.example.com', namespace: 'mynamespace' };
      const objects = [policy(DENY, { spec: { paramKind } }), binding({ spec: { paramRef } })];
      expect(words(ask(fakeParams, objects))).toContain(
        'paramRef.namespace must not be provided for a cluster-scoped `paramKind`',
      );
    },
  ],
  [
    'TestAuditAnnotations',
    () => {
      const bound = ['', '2', '3'].map((number) => {
        const name = `replicas-test${number}.example.com`;
        const paramRef = { name, namespace: 'default', parameterNotFoundAction: 'Deny' };
        return [
          object(PARAMS, name, 'default'),
          binding({ name: `denybinding${number}.example.com`, spec: { paramRef } }),
        ];
      });
      const auditAnnotations = [
        {
          key: 'example-key',
          valueExpression: `params.metadata.name == 'replicas-test2.example.com' ? 'special-value' : 'normal-value'`,
        },
        { key: 'excluded-key', valueExpression: 'null' },
        { key: 'error-key', valueExpression: 'object.nothing' },
      ];
      const answer = ask(fakeParams, [...bound.flat(), policy({ expression: 'true' }, { spec: { auditAnnotations } })]);
      expect(answer?.auditAnnotations).toEqual({ [`${POLICY}/example-key`]: 'normal-value, special-value' });
      expect(words(answer)).toContain('must evaluate to one of [string null_type] but got dyn');
    },
  ],
];

interface ParamCase {
  readonly name: string;
  readonly isCluster: boolean;
  readonly by: 'Name' | 'LabelSelector' | 'EverythingSelector';
  readonly hasNamespace: boolean;
  readonly denies: boolean;
}

/** The combinations that upstream goes through. */
function paramCases(): readonly ParamCase[] {
  const cases: ParamCase[] = [];
  for (const isCluster of [false, true])
    for (const by of ['EverythingSelector', 'LabelSelector', 'Name'] as const)
      for (const hasNamespace of isCluster ? [false] : [false, true])
        for (const denies of [false, true]) {
          const where = hasNamespace ? 'WithNamespace' : '';
          const name = `${isCluster ? 'ClusterScoped' : ''}ParamRefWith${by}${where}${denies ? 'Deny' : 'Allow'}NotFound`;
          cases.push({ name, isCluster, by, hasNamespace, denies });
        }
  return cases;
}

const [YES, NO, OTHER] = [{ doesitmatch: 'yes' }, { doesitmatch: 'no' }, { notaffiliated: 'no' }];
const LIBRARY: readonly KubernetesObject[] = [
  ...['default', 'mynamespace', 'othernamespace'].flatMap((namespace) => [
    object(PARAMS, NAME, namespace, NO),
    object(PARAMS, `${NAME}1`, namespace, YES),
    object(PARAMS, `${NAME}2`, namespace, OTHER),
    object(PARAMS, `${NAME}3`, namespace, namespace === 'default' ? OTHER : YES),
  ]),
  ...[YES, NO, OTHER, YES, NO, OTHER].map((labels, index) =>
    object(CLUSTER_PARAMS, `${NAME}${index === 0 ? '' : index}`, undefined, labels),
  ),
];

function runParamCase({ isCluster, by, hasNamespace, denies }: ParamCase): void {
  const paramKind = isCluster ? CLUSTER_PARAMS : PARAMS;
  const selector = by === 'LabelSelector' ? { matchLabels: YES } : {};
  const paramRef = {
    ...(by === 'Name' ? { name: NAME } : { selector }),
    ...(hasNamespace ? { namespace: 'mynamespace' } : {}),
    parameterNotFoundAction: denies ? 'Deny' : 'Allow',
  };
  const own = [policy(TELLS_PARAM, { spec: { paramKind } }), binding({ spec: { paramRef, ...LOUD } })];
  const namespaced = object(PARAMS, 'some param', 'othernamespace');
  const clustered = object(CLUSTER_PARAMS, 'other param');
  const isMeant = (param: KubernetesObject): boolean =>
    param.kind === paramKind.kind &&
    (by !== 'Name' || nameOf(param) === NAME) &&
    (isCluster || namespaceOf(param) === (hasNamespace ? 'mynamespace' : 'othernamespace')) &&
    (by !== 'LabelSelector' || labelsOf(param).get('doesitmatch') === 'yes');
  const meant = LIBRARY.filter(isMeant);
  const shown = meant.map((param) => `${namespaceOf(param) ?? ''}/${nameOf(param)}`);
  expect(shown.length).toBeGreaterThan(0);
  expect(heard(ask(namespaced, [...LIBRARY, ...own]))).toEqual(shown);

  const cannot = !isCluster && !hasNamespace;
  const REFUSED = 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources';
  const ofCluster = ask(clustered, [...LIBRARY, ...own]);
  expect(heard(ofCluster)).toEqual(cannot ? [] : shown);
  if (cannot) expect(words(ofCluster)).toContain(`failed to configure binding: ${REFUSED}`);

  const rest = [...LIBRARY.filter((param) => !isMeant(param)), ...own];
  const missing = denies ? NO_PARAMS : '';
  expect(words(ask(namespaced, rest))).toContain(missing);
  expect(isRefusal(ask(namespaced, rest))).toBe(denies);
  expect(words(ask(clustered, rest))).toContain(cannot ? REFUSED : missing);
  expect(isRefusal(ask(clustered, rest))).toBe(cannot || denies);
}

describe('validating policies', () => {
  upstreamLeftOut(source, { TestPluginNotReady: 'caches that are not filled yet are the view of whoever asks' });
  upstreamEach(source)(CASES)('%s', (_, run) => {
    run();
  });
  upstreamEach(source, 'TestParamRef')(paramCases())('$name', runParamCase);
});
