import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import type { ApiCall } from '../client/api-client.ts';
import { Cluster } from '../cluster.ts';
import type { ApiResponse, UserInfo } from '../messages.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const GROUP = 'admissionregistration.k8s.io';
const PLURALS: Readonly<Record<string, string>> = {
  ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
  ValidatingAdmissionPolicyBinding: 'validatingadmissionpolicybindings',
  MutatingAdmissionPolicy: 'mutatingadmissionpolicies',
  MutatingAdmissionPolicyBinding: 'mutatingadmissionpolicybindings',
};
const CONFIG_MAPS = { group: '', version: 'v1', plural: 'configmaps' };
const namespace = 'default';

class Asked {
  readonly cluster = Cluster.create({ seed: 3, kinds });

  constructor() {
    this.cluster.runUntil(1000);
  }

  ask(call: ApiCall, user?: UserInfo): ApiResponse {
    const token = this.cluster.request(call, user);
    this.cluster.runUntil(this.cluster.nowMs + 1000);
    return this.cluster.answerTo(token)!;
  }

  make(kind: string, name: string, spec: JsonObject): void {
    const body: KubernetesObject = { apiVersion: `${GROUP}/v1`, kind, metadata: { name }, spec };
    const answer = this.ask({
      verb: 'create',
      resource: { group: GROUP, version: 'v1', plural: PLURALS[kind]! },
      body,
    });
    expect(answer.body?.['message']).toBeUndefined();
  }

  configMap(name: string, data: JsonObject, user?: UserInfo): ApiResponse {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
    return this.ask({ verb: 'create', resource: CONFIG_MAPS, namespace, body }, user);
  }
}

const rule = (resource: string, group = '', version = 'v1'): JsonObject => ({
  resourceRules: [{ apiGroups: [group], apiVersions: [version], operations: ['CREATE'], resources: [resource] }],
});

const messageOf = ({ body }: ApiResponse): unknown => body?.['message'];

describe('policies in a run', () => {
  it('refuse by their parameters, warn, and ask RBAC about the user', () => {
    const asked = new Asked();
    expect(asked.configMap('limits', { most: '2' }).code).toBe(201);
    asked.make('ValidatingAdmissionPolicy', 'few-keys', {
      failurePolicy: 'Fail',
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      matchConstraints: rule('configmaps'),
      matchConditions: [
        { name: 'no-admins', expression: `!authorizer.group('').resource('nodes').check('delete').allowed()` },
      ],
      variables: [{ name: 'keys', expression: 'has(object.data) ? size(object.data) : 0' }],
      validations: [
        {
          expression: 'variables.keys <= int(params.data.most)',
          messageExpression: `string(variables.keys) + ' keys are more than ' + params.data.most`,
          reason: 'Forbidden',
        },
      ],
    });
    const paramRef = { name: 'limits', namespace, parameterNotFoundAction: 'Deny' };
    asked.make('ValidatingAdmissionPolicyBinding', 'few-keys', {
      policyName: 'few-keys',
      paramRef,
      validationActions: ['Deny'],
    });
    const user: UserInfo = { name: 'jane', groups: ['system:authenticated'] };
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'jane' } };
    const subjects = [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane' }];
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' };
    const bindings = { group: 'rbac.authorization.k8s.io', version: 'v1', plural: 'clusterrolebindings' };
    expect(asked.ask({ verb: 'create', resource: bindings, body: { ...role, subjects, roleRef } }).code).toBe(201);

    expect(asked.configMap('two', { a: '1', b: '2' }, user).code).toBe(201);
    const refused = asked.configMap('three', { a: '1', b: '2', c: '3' }, user);
    expect(refused.code).toBe(403);
    expect(messageOf(refused)).toBe(
      `configmaps "three" is forbidden: ValidatingAdmissionPolicy 'few-keys' with binding 'few-keys' denied request: 3 keys are more than 2`,
    );
    // Who may delete Nodes is not asked.
    expect(asked.configMap('three', { a: '1', b: '2', c: '3' }).code).toBe(201);
  });

  it('are told by which binding RBAC lets a user do something', () => {
    const asked = new Asked();
    const check = `authorizer.serviceAccount('kube-system', 'node-controller').group('').resource('nodes').check('delete')`;
    const wanted = [
      'RBAC: allowed by ClusterRoleBinding "system:controller:node-controller"',
      'of ClusterRole "system:controller:node-controller" to ServiceAccount "node-controller/kube-system"',
    ].join(' ');
    asked.make('ValidatingAdmissionPolicy', 'why', {
      matchConstraints: rule('configmaps'),
      validations: [{ expression: `${check}.reason() == '${wanted}'` }],
    });
    asked.make('ValidatingAdmissionPolicyBinding', 'why', { policyName: 'why', validationActions: ['Deny'] });
    expect(messageOf(asked.configMap('any', {}))).toBeUndefined();
  });

  it('change what is created, in the version that they are written for, and are asked again', () => {
    const asked = new Asked();
    const scalers = rule('horizontalpodautoscalers', 'autoscaling', 'v2');
    const label = (name: string, from: string): JsonObject => ({
      patchType: 'ApplyConfiguration',
      applyConfiguration: {
        expression: `Object{metadata: Object.metadata{labels: {"${name}": has(object.metadata.labels) && "${from}" in object.metadata.labels ? "seen" : "alone"}}}`,
      },
    });
    const common = { matchConstraints: scalers, failurePolicy: 'Fail' };
    asked.make('MutatingAdmissionPolicy', 'a', {
      ...common,
      reinvocationPolicy: 'IfNeeded',
      mutations: [label('first', 'second')],
    });
    asked.make('MutatingAdmissionPolicy', 'b', {
      ...common,
      reinvocationPolicy: 'Never',
      mutations: [
        label('second', 'first'),
        {
          patchType: 'JSONPatch',
          jsonPatch: {
            expression: `[JSONPatch{op: "replace", path: "/spec/maxReplicas", value: object.spec.maxReplicas + size(object.spec.metrics)}]`,
          },
        },
      ],
    });
    for (const policyName of ['a', 'b']) asked.make('MutatingAdmissionPolicyBinding', policyName, { policyName });
    // Written in version 1, which has no metrics: the policies see version 2.
    const body = {
      apiVersion: 'autoscaling/v1',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      spec: {
        maxReplicas: 3,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        targetCPUUtilizationPercentage: 50,
      },
    };
    const resource = { group: 'autoscaling', version: 'v1', plural: 'horizontalpodautoscalers' };
    const { code, body: made } = asked.ask({ verb: 'create', resource, namespace, body });
    expect(code).toBe(201);
    expect(valueAt(made, 'metadata', 'labels')).toEqual({ first: 'seen', second: 'seen' });
    expect(valueAt(made, 'spec', 'maxReplicas')).toBe(4);
    expect(arrayAt(made, 'spec', 'metrics')).toEqual([]);
    expect(stringAt(made, 'apiVersion')).toBe('autoscaling/v1');
  });

  it('that fail refuse, unless their failures are to be ignored', () => {
    const asked = new Asked();
    const broken = { expression: '[JSONPatch{op: "add", path: "/spec/none/at/all", value: 1}]' };
    asked.make('MutatingAdmissionPolicy', 'broken', {
      matchConstraints: rule('configmaps'),
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      mutations: [{ patchType: 'JSONPatch', jsonPatch: broken }],
    });
    asked.make('MutatingAdmissionPolicyBinding', 'broken', { policyName: 'broken' });
    const refused = asked.configMap('any', {});
    expect([refused.code, refused.body?.['reason']]).toEqual([403, 'Invalid']);
    expect(messageOf(refused)).toBe(
      `policy 'broken' with binding 'broken' denied request: JSON Patch: add operation does not apply: doc is missing path: "/spec/none/at/all": missing value`,
    );
  });
});
