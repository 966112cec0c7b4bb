import { beforeAll, describe, expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../base/testing/upstream-table.ts';
import { objectInVersion } from '../../kinds/equivalent-versions.ts';
import { defaultedObject } from '../../kinds/patched-object.ts';
import { preloadStrategies } from '../../kinds/strategies.ts';
import { preloadSchemas } from '../../openapi/built-in-schemas.ts';
import { isRefusal } from '../answer.ts';
import { clusterOf } from '../testing/cluster-of.ts';
import { essence } from '../testing/essence.ts';
import { requestOf } from '../testing/request-of.ts';
import { compileMutatingPolicy } from './compiled-policy.ts';
import { mutateObject } from './mutate-object.ts';
import { mutatingAdmissionPolicy } from './mutating-admission-policy.ts';
import { policyInputs } from './policy-inputs.ts';
import { PolicyReinvocation } from './policy-reinvocation.ts';
import { ownForm } from './policy-request.ts';
import table from './testdata/mutations.upstream.json' with { type: 'json' };

beforeAll(async () => {
  await preloadSchemas(['', 'apps']);
  await preloadStrategies();
});

const { kinds } = clusterOf([]);

/** With all defaults: upstream's patchers fill in none, and its tests of the whole one. */
function whole(object: KubernetesObject): unknown {
  return essence(objectInVersion(defaultedObject(object, kinds), groupVersionKindOf(object), kinds));
}

interface MutationRow {
  readonly name: string;
  readonly policy: KubernetesObject;
  readonly object: KubernetesObject;
  readonly oldObject?: KubernetesObject;
  readonly params?: KubernetesObject;
  readonly namespace?: KubernetesObject;
  readonly expectedResult?: KubernetesObject;
  readonly expectedErr?: string;
}

function mutationsOf({ policy, object, oldObject, params, namespace }: MutationRow): unknown {
  const { variables, mutations } = compileMutatingPolicy(policy);
  let current = objectInVersion(object, groupVersionKindOf(object), kinds);
  for (const mutation of mutations) {
    const request = requestOf(current, { operation: 'CREATE', ...(oldObject && { oldObject }) });
    const inputs = policyInputs(request, ownForm(request), params ?? null, namespace, clusterOf([]));
    const mutated = mutateObject(mutation!, current, inputs.validations, variables, kinds);
    if (!mutated.ok) return { error: mutated.message };
    current = mutated.object;
  }
  return { object: whole(current) };
}

function expected({ expectedErr, expectedResult }: MutationRow): unknown {
  if (expectedErr !== undefined) return { error: expect.stringContaining(expectedErr) };
  return { object: expectedResult && whole(expectedResult) };
}

const withMutation = (mutation: JsonObject): KubernetesObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingAdmissionPolicy',
  spec: { mutations: [mutation] },
});

type PatchRow = Omit<MutationRow, 'policy'> & { readonly expression: string };

describe('mutations', () => {
  const patches = (table.jsonPatches as unknown as readonly PatchRow[]).map((row): MutationRow => ({
    ...row,
    policy: withMutation({ patchType: 'JSONPatch', jsonPatch: { expression: row.expression } }),
  }));
  upstreamEach(upstreamSource('admission', table.sources.jsonPatches), 'TestJSONPatch')(patches)('$name', (row) => {
    expect(mutationsOf(row)).toEqual(expected(row));
  });

  const configurations = (table.configurations as unknown as readonly PatchRow[]).map((row): MutationRow => ({
    ...row,
    policy: withMutation({ patchType: 'ApplyConfiguration', applyConfiguration: { expression: row.expression } }),
  }));
  upstreamEach(upstreamSource('admission', table.sources.configurations), 'TestApplyConfiguration')(configurations)(
    '$name',
    (row) => {
      expect(mutationsOf(row)).toEqual(expected(row));
    },
  );

  const compilations = table.compilations as unknown as readonly MutationRow[];
  upstreamEach(upstreamSource('admission', table.sources.compilations), 'TestCompilation')(compilations)(
    '$name',
    (row) => {
      expect(mutationsOf(row)).toEqual(expected(row));
    },
  );
});

interface DispatchRow {
  readonly name: string;
  readonly object: KubernetesObject;
  readonly params?: readonly KubernetesObject[];
  readonly policyHooks: readonly {
    readonly policy: KubernetesObject;
    readonly bindings: readonly KubernetesObject[];
  }[];
  readonly expect: KubernetesObject;
}

describe('policies at work', () => {
  const DEFAULT = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };
  const rows = table.dispatches as unknown as readonly DispatchRow[];
  upstreamEach(upstreamSource('admission', table.sources.dispatches), 'TestDispatcher')(rows)('$name', (row) => {
    const objects = row.policyHooks.flatMap(({ policy, bindings }) => [policy, ...bindings]);
    const cluster = clusterOf([DEFAULT, ...(row.params ?? []), ...objects]);
    const answer = mutatingAdmissionPolicy.admit?.(requestOf(row.object), cluster);
    const object = isRefusal(answer) ? answer : whole(answer?.object ?? row.object);
    expect(object).toEqual(whole(row.expect));
  });

  const plugin = upstreamSource('admission', table.sources.plugin);
  const FAKE = 'its mutation is a Go function that the test makes up';
  upstreamLeftOut(plugin, { TestBasicPatch: FAKE });
  const CONSTRAINTS = {
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
    resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], operations: ['*'] }],
  };
  const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'any', namespace: 'default' } };
  const injected = { name: 'injected-init-container', image: 'injected-image' };
  const own = { name: 'init-container', image: 'image' };
  const pod = (initContainers: readonly JsonObject[], annotations: JsonObject): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'any', namespace: 'default', annotations },
    spec: { initContainers },
  });
  const DATA = `Object{metadata: Object.metadata{annotations: {"foo": "bar"}}, data: {"myfield": "myvalue"}}`;
  const PATCHED = {
    ...CONFIG_MAP,
    metadata: { ...CONFIG_MAP.metadata, annotations: { foo: 'bar' } },
    data: { myfield: 'myvalue' },
  };
  upstreamEach(plugin)([
    ['TestJSONPatch', DATA, CONFIG_MAP, PATCHED],
    ['TestSSAPatch', DATA, CONFIG_MAP, PATCHED],
    [
      'TestSSAMapList',
      `Object{metadata: Object.metadata{annotations: {"foo": "bar"}}, spec: Object.spec{initContainers: [
        Object.spec.initContainers{name: "injected-init-container", image: "injected-image"}]}}`,
      pod([own], {}),
      pod([own, injected], { foo: 'bar' }),
    ],
  ] as const)('%s', (_, expression, object, wanted) => {
    const mutation = { patchType: 'ApplyConfiguration', applyConfiguration: { expression } };
    const bare = withMutation(mutation);
    const policy = {
      ...bare,
      metadata: { name: 'policy' },
      spec: { ...(valueAt(bare, 'spec') as JsonObject), matchConstraints: CONSTRAINTS },
    };
    const binding = {
      apiVersion: bare.apiVersion,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name: 'binding' },
      spec: { policyName: 'policy' },
    };
    const answer = mutatingAdmissionPolicy.admit?.(requestOf(object), clusterOf([DEFAULT, policy, binding]));
    expect(isRefusal(answer) ? answer : answer?.object && whole(answer.object)).toEqual(whole(wanted));
  });
});

describe('the second round', () => {
  const cm = (v: string): KubernetesObject => ({ apiVersion: 'v1', kind: 'ConfigMap', data: { v } });
  const [v1, v2] = [cm('1'), cm('2')];
  const source = upstreamSource('admission', table.sources.reinvocations);

  function firstRound(): PolicyReinvocation {
    const context = new PolicyReinvocation();
    for (const [key, before, after] of [
      ['1', v2, v1],
      ['2', v1, v2],
    ] as const) {
      context.setLastOutput(after);
      context.requireInvokedAgain();
      context.addInvoked(key);
      expect(context.isChangedSinceLast(before)).toBe(true);
    }
    context.addInvoked('3');
    expect(context.isChangedSinceLast(v2)).toBe(false);
    expect(context.shouldReinvoke('1')).toBe(true);
    return context;
  }

  const again = (context: PolicyReinvocation, key: string, output: KubernetesObject): void => {
    expect(context.shouldReinvoke(key)).toBe(true);
    context.addInvoked(key);
    context.setLastOutput(output);
    context.requireInvokedAgain();
  };

  upstreamEach(source)([
    [
      'TestFullReinvocation',
      () => {
        const context = firstRound();
        again(context, '1', v1);
        again(context, '2', v2);
        expect(context.isChangedSinceLast(v1)).toBe(true);
        expect(context.shouldReinvoke('3')).toBe(true);
      },
    ],
    [
      'TestPartialReinvocation',
      () => {
        const context = firstRound();
        expect(['1', '2', '3'].map((key) => context.shouldReinvoke(key))).toEqual([true, false, false]);
      },
    ],
    [
      'TestNoReinvocation',
      () => {
        const context = new PolicyReinvocation();
        for (const key of ['1', '2', '3']) {
          context.addInvoked(key);
          context.setLastOutput(v1);
          expect(context.isChangedSinceLast(v1)).toBe(false);
        }
        expect(['1', '2', '3'].some((key) => context.shouldReinvoke(key))).toBe(false);
      },
    ],
  ] as const)('%s', (_, run) => {
    run();
  });
});
