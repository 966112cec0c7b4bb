import { expect, it } from 'vitest';
import { formatFieldError } from '../apimachinery/field-error.ts';
import type { JsonObject } from '../base/json.ts';
import type { UpstreamSource } from '../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../base/testing/upstream-table.ts';
import { apiServiceStrategy } from './apiservice/apiservice.strategy.ts';
import { customResourceDefinitionStrategy } from './customresourcedefinition/customresourcedefinition.strategy.ts';
import { flowSchemaStrategy } from './flowschema/flowschema.strategy.ts';
import { priorityLevelConfigurationStrategy } from './prioritylevelconfiguration/prioritylevelconfiguration.strategy.ts';
import type { KindStrategy } from './strategy.ts';
import { validatingAdmissionPolicyStrategy } from './validatingadmissionpolicy/validatingadmissionpolicy.strategy.ts';

/** Kinds whose status has few rules. */
function errorsOf({ group, kind, validateStatus }: KindStrategy, status: JsonObject): readonly string[] {
  const object = { apiVersion: `${group}/v1`, kind, metadata: { name: 'x' } };
  return (validateStatus?.({ ...object, status }, object) ?? []).map(formatFieldError);
}

interface Case {
  readonly test: string;
  readonly name: string;
  readonly strategy: KindStrategy;
  readonly status: JsonObject;
  readonly errors: readonly string[];
  readonly source: UpstreamSource;
}

const FLOW = upstreamSource('validation', 'pkg/apis/flowcontrol/validation/validation_test.go, Kubernetes 1.36.2');
const POLICY = upstreamSource(
  'validation',
  'pkg/apis/admissionregistration/validation/validation_test.go, Kubernetes 1.36.2',
);

const flow = (strategy: KindStrategy): readonly Case[] =>
  [
    { name: 'empty status should work', status: {}, errors: [] },
    {
      name: 'duplicate key should fail',
      status: { conditions: [{ type: '1' }, { type: '1' }] },
      errors: ['status.conditions[1].type: Duplicate value: "1"'],
    },
    {
      name: 'missing key should fail',
      status: { conditions: [{ type: '' }] },
      errors: ['status.conditions[0].type: Required value'],
    },
  ].map((row) => ({ ...row, test: `TestValidate${strategy.kind}Status`, strategy, source: FLOW }));

const WARNINGS = 'status.typeChecking.expressionWarnings[0]';
const policy = (name: string, warning: JsonObject | undefined, ...errors: readonly string[]): Case => ({
  test: 'TestValidateValidatingAdmissionPolicyStatus',
  name,
  strategy: validatingAdmissionPolicyStrategy,
  status: warning === undefined ? {} : { typeChecking: { expressionWarnings: [warning] } },
  errors,
  source: POLICY,
});
const fieldRef = 'spec.validations[0].expression';

upstreamLeftOut(POLICY, {
  'TestValidateValidatingAdmissionPolicyStatus/type checking bad json path': 'JSON paths of warnings are not read',
});
upstreamEach<Case>(({ source }) => source)([
  ...flow(flowSchemaStrategy),
  ...flow(priorityLevelConfigurationStrategy),
  policy('empty', undefined),
  policy('type checking', { fieldRef, warning: 'message' }),
  policy('type checking missing warning', { fieldRef }, `${WARNINGS}.warning: Required value`),
  policy('type checking missing fieldRef', { warning: 'message' }, `${WARNINGS}.fieldRef: Required value`),
])('$test/$name', ({ strategy, status, errors }) => {
  expect(errorsOf(strategy, status)).toEqual(errors);
});

it.each([
  [
    apiServiceStrategy,
    { conditions: [{ type: 'Available', status: 'Yes' }] },
    'status.conditions[0].status: Unsupported value: "Yes": supported values: "True", "False", "Unknown"',
  ],
  [
    customResourceDefinitionStrategy,
    { acceptedNames: { plural: 'a', kind: 'B', listKind: 'B' } },
    'status.acceptedNames.listKind: Invalid value: "B": kind and listKind may not be the same',
  ],
])('a write of the status of $kind is judged', (strategy, status, words) => {
  expect(errorsOf(strategy, status)).toEqual([words]);
});
