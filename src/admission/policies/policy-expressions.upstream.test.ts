import { beforeAll, describe, expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { jsonEqual } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../base/testing/upstream-table.ts';
import { admissionEnvironment } from '../../cel/admission-environment.ts';
import { compileCondition } from '../../cel/condition.ts';
import { RUNTIME_COST_BUDGET } from '../../cel/cost/limits.ts';
import type { AuthorizationDecision } from '../../cel/library/authorizer.ts';
import type { CelType } from '../../cel/type.ts';
import { BOOL, NULL, STRING } from '../../cel/type.ts';
import { preloadSchemas } from '../../openapi/built-in-schemas.ts';
import { preloadStrategies } from '../../kinds/strategies.ts';
import { clusterOf } from '../testing/cluster-of.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { ClusterView } from '../cluster-view.ts';
import { OutOfBudget, PolicyEvaluation } from './policy-evaluation.ts';
import type { PolicyExpression } from './policy-expressions.ts';
import { PolicyCompiler } from './policy-expressions.ts';
import { policyInputs } from './policy-inputs.ts';
import { ownForm } from './policy-request.ts';
import table from './testdata/expressions.upstream.json' with { type: 'json' };

beforeAll(() => Promise.all([preloadSchemas(['']), preloadStrategies([])]));

interface Row {
  readonly name: string;
  readonly request: {
    readonly name: string;
    readonly namespace: string;
    readonly resource?: string;
    readonly subresource?: string;
    readonly object?: KubernetesObject;
    readonly oldObject?: KubernetesObject;
  };
  readonly hasParams?: boolean;
  readonly params?: KubernetesObject;
  /** Who is let through: nobody, nobody as nobody can tell, or who asks exactly this. */
  readonly authorizer?: 'denyAll' | 'errorAll' | JsonObject;
  readonly namespace?: KubernetesObject;
}

interface ConditionRow extends Row {
  readonly expressions: readonly string[];
  readonly results: readonly (boolean | { readonly error: string })[];
}

interface BudgetRow extends Row {
  readonly expressions: readonly string[];
  /** Below 0: as the server has it. */
  readonly budget: number;
  readonly exceedsBudget?: boolean;
  readonly exceedsCallLimit?: boolean;
  readonly left?: number;
}

interface CompositionRow extends Row {
  readonly variables: readonly JsonObject[];
  readonly expression: string;
  readonly result?: boolean;
  readonly error?: string;
  readonly budget?: number;
}

interface CompileRow {
  readonly test: string;
  readonly name: string;
  readonly expressions: readonly string[];
  /** By expression. */
  readonly errors: Readonly<Record<string, string>>;
  readonly hasParams?: boolean;
  readonly hasAuthorizer?: boolean;
}

function evaluationOf(row: Row, expressions: readonly string[], variables: readonly JsonObject[], budget: number) {
  const { object, oldObject, name, namespace, resource = '', subresource = '' } = row.request;
  const request: AdmissionRequest = {
    operation: 'CREATE',
    kind: { group: '', version: 'v1', kind: object?.kind ?? oldObject?.kind ?? '' },
    resource: { group: '', resource },
    subresource,
    namespace,
    name,
    ...(object === undefined ? {} : { object }),
    ...(oldObject === undefined ? {} : { oldObject }),
    user: { name: 'somebody', groups: [] },
    dryRun: false,
    generateName: (prefix) => prefix,
  };
  const compiler = new PolicyCompiler({ ...(row.hasParams === true ? { paramKind: {} } : {}), variables });
  const inputs = policyInputs(request, ownForm(request), row.params ?? null, row.namespace, authorizing(row));
  const evaluation = new PolicyEvaluation(inputs.validations, compiler.variables, budget);
  return { evaluation, compiled: expressions.map((text) => compiler.compile('validation', text)) };
}

function authorizing({ authorizer }: Row): ClusterView {
  const no: AuthorizationDecision = { allowed: false, reason: '', error: '' };
  return clusterOf([], {
    decide({ name, groups }, attributes) {
      if (authorizer === 'denyAll') return { ...no, reason: 'fake reason' };
      if (authorizer === 'errorAll') return { ...no, error: 'fake authz error' };
      const { user, group = '', resource = '', ...wanted } = authorizer ?? {};
      const isUser = user === undefined || jsonEqual(user, { name, groups });
      const isAsked = jsonEqual({ group, resource, ...said(wanted) }, { ...attributes });
      return { ...no, allowed: isUser && isAsked };
    },
  });
}

const said = (wanted: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(wanted).filter(([, text]) => text !== ''));

function run(evaluation: PolicyEvaluation, compiled: readonly PolicyExpression[]) {
  return compiled.map((expression) => {
    const result = evaluation.evaluate(expression);
    return 'error' in result ? result : result.value;
  });
}

describe('expressions of policies', () => {
  const source = upstreamSource('admission', table.sources.condition);
  const OLD = 'an environment of a release before 1.36';
  const leftOut: Readonly<Record<string, string>> = {
    'test authorizer error using fieldSelector with 1.30 compatibility': OLD,
    'test authorizer allow resource check with all fields, without gate':
      'the gate AuthorizeWithSelectors is fixed in 1.36',
    'test authorizer allow resource check with parse failures':
      'selectors are handed to the authorizer as they are written',
    'test perCallLimit exceed': 'the limit of one call is set by the test',
    'cel lib not recognized in version earlier than introduced version': OLD,
  };
  upstreamLeftOut(source, {
    ...leftOut,
    TestCompilationErrors: { count: 4, reason: 'how upstream keeps its errors' },
  });
  const rows = (table.conditions as readonly ConditionRow[]).filter(({ name }) => !Object.hasOwn(leftOut, name));
  upstreamEach(source, 'TestCondition')(rows)('$name', (row) => {
    const { evaluation, compiled } = evaluationOf(row, row.expressions, [], RUNTIME_COST_BUDGET);
    expect(run(evaluation, compiled)).toEqual(
      row.results.map((result) =>
        typeof result === 'boolean' ? result : { error: expect.stringContaining(result.error) },
      ),
    );
  });

  upstreamEach(source, 'TestRuntimeCELCostBudget')(table.budgets as readonly BudgetRow[])('$name', (row) => {
    const { budget, left, exceedsBudget, exceedsCallLimit } = row;
    const { evaluation, compiled } = evaluationOf(row, row.expressions, [], budget < 0 ? RUNTIME_COST_BUDGET : budget);
    if (exceedsBudget === true) {
      expect(() => run(evaluation, compiled)).toThrow(OutOfBudget);
      return;
    }
    const results = run(evaluation, compiled);
    if (exceedsCallLimit === true)
      expect(results).toContainEqual({
        error: expect.stringContaining('operation cancelled: actual cost limit exceeded'),
      });
    if (left !== undefined) expect(evaluation.budget).toBe(left);
  });
});

describe('variables', () => {
  const source = upstreamSource('admission', table.sources.composition);
  upstreamLeftOut(source, { TestCompilerIsolation: 'every policy has a compiler of its own' });
  upstreamEach(source, 'TestCompositedPolicies')(table.composition as readonly CompositionRow[])('$name', (row) => {
    const { evaluation, compiled } = evaluationOf(
      row,
      [row.expression],
      row.variables,
      row.budget ?? RUNTIME_COST_BUDGET,
    );
    let result: unknown;
    try {
      [result] = run(evaluation, compiled);
    } catch (error) {
      result = { error: error instanceof OutOfBudget ? error.message : 'another error' };
    }
    expect(result).toEqual(row.error === undefined ? row.result : { error: expect.stringContaining(row.error) });
  });
});

describe('compiling', () => {
  const rows = table.compile as unknown as readonly CompileRow[];
  const ofTest = (test: string) => rows.filter((row) => row.test === test);
  const STORED = 'a function that only the test’s own environment has';
  const leftOut: Readonly<Record<string, string>> = {
    'compile with storage environment should recognize functions available only in the storage environment': STORED,
    'compile with supported environment should not recognize functions available only in the storage environment':
      STORED,
  };
  const compiling = upstreamSource('admission', table.sources.compile);
  upstreamLeftOut(compiling, leftOut);
  upstreamEach(
    compiling,
    'TestCompileValidatingPolicyExpression',
  )(ofTest('TestCompileValidatingPolicyExpression').filter(({ name }) => !Object.hasOwn(leftOut, name)))(
    '$name',
    check,
  );
  upstreamEach(upstreamSource('admission', table.sources.condition), 'TestCompile')(ofTest('TestCompile'))(
    '$name',
    check,
  );

  function check({ expressions, errors, hasParams = false, hasAuthorizer = false }: CompileRow): void {
    const environment = admissionEnvironment({ hasParams, hasAuthorizer });
    const problem = (text: string, wanted: readonly CelType[]): string | undefined =>
      compileCondition(text, environment, wanted).error;
    for (const text of expressions) {
      expect(problem(text, [BOOL])).toBeUndefined();
      expect(problem(`string(${text})`, [STRING, NULL])).toBeUndefined();
    }
    for (const [text, words] of Object.entries(errors)) {
      expect(problem(text, [BOOL])).toContain(words);
      expect(problem(`string(${text})`, [STRING, NULL])).toContain(words);
    }
  }
});
