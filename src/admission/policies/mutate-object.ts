import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isKubernetesObject } from '../../apimachinery/object.ts';
import { applyJsonPatch } from '../../apimachinery/patch/json-patch.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { RUNTIME_COST_BUDGET } from '../../cel/cost/limits.ts';
import { EvaluationError } from '../../cel/evaluation-error.ts';
import { jsonOf } from '../../cel/json-of-value.ts';
import { typeNameProblems } from '../../cel/object-types.ts';
import type { Value } from '../../cel/value.ts';
import { isList, isMap } from '../../cel/value.ts';
import { defaultedObject, decodePatched, mergeConfiguration } from '../../kinds/patched-object.ts';
import { objectInVersion } from '../../kinds/equivalent-versions.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import type { CompiledMutation } from './compiled-policy.ts';
import type { PolicyInputs } from './policy-evaluation.ts';
import { OutOfBudget, PolicyEvaluation } from './policy-evaluation.ts';
import type { PolicyVariables } from './policy-expressions.ts';

/** The object after a mutation; or why there is none. `fatal`: the request is refused whatever the policy says of failures. */
export type Mutated =
  | { readonly ok: true; readonly object: KubernetesObject }
  | { readonly ok: false; readonly message: string; readonly fatal: boolean };

const failed = (message: string, fatal = false): Mutated => ({ ok: false, message, fatal });

/**
 * The object, in the version that the policy matched, as one mutation makes it, with defaults.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/mutating/dispatcher.go `dispatchOne`, patch/json_patch.go
 * and patch/smd.go, 1.36.2.
 */
export function mutateObject(
  { patchType, expression }: CompiledMutation,
  object: KubernetesObject,
  inputs: PolicyInputs,
  variables: PolicyVariables,
  kinds: JudgeContext,
): Mutated {
  if (expression.program === undefined) return failed(expression.error ?? '');
  try {
    const evaluation = new PolicyEvaluation(inputs, variables, RUNTIME_COST_BUDGET);
    const result = evaluation.evaluate(expression);
    if ('error' in result) return failed(result.error);
    const patched = patchType === 'JSONPatch' ? patch(object, result.value, kinds) : merge(object, result.value, kinds);
    return patched.ok ? withDefaults(patched.object, kinds) : patched;
  } catch (error) {
    if (error instanceof OutOfBudget) return failed(error.message);
    throw error;
  }
}

function withDefaults(object: KubernetesObject, kinds: JudgeContext): Mutated {
  const defaulted = defaultedObject(object, kinds);
  return { ok: true, object: objectInVersion(defaulted, groupVersionKindOf(object), kinds) };
}

function patch(object: KubernetesObject, value: Value, kinds: JudgeContext): Mutated {
  const operations: JsonValue[] = [];
  for (const item of isList(value) ? value : []) {
    const operation = operationOf(item);
    if (typeof operation === 'string') return failed(operation);
    operations.push(operation);
  }
  const patched = applyJsonPatch(object, operations);
  // A test that fails means that nothing is to be done.
  if (!patched.ok)
    return isFailedTest(patched.message) ? { ok: true, object } : failed(`JSON Patch: ${patched.message}`);
  if (!isKubernetesObject(patched.value)) return failed("Internal error occurred: Object 'Kind' is missing", true);
  const decoded = decodePatched(patched.value, kinds);
  return decoded.ok ? decoded : failed(`Internal error occurred: ${decoded.message}`, true);
}

const isFailedTest = (message: string): boolean => message.endsWith('test failed');

/** One operation as RFC 6902 writes it; words where its value is none. */
function operationOf(item: Value): JsonObject | string {
  if (!isMap(item)) return 'type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch';
  const textOf = (field: string): string => {
    const text = item.get(field);
    return typeof text === 'string' ? text : '';
  };
  const from = textOf('from');
  const value = item.get('value');
  const plain = { op: textOf('op'), path: textOf('path'), ...(from === '' ? {} : { from }) };
  if (value === undefined) return plain;
  const problems = typeNameProblems(value);
  if (problems.length > 0) return `type mismatch: ${problems.join('\n')}`;
  const json = jsonOrWords(value);
  if (json instanceof EvaluationError)
    return `JSONPath valueExpression evaluated to a type that could not marshal to JSON: ${json.message}`;
  return { ...plain, value: json };
}

function merge(object: KubernetesObject, value: Value, kinds: JudgeContext): Mutated {
  const problems = typeNameProblems(value);
  if (problems.length > 0) return failed(`type mismatch: ${problems.join('\n')}`);
  const json = jsonOrWords(value);
  if (json instanceof EvaluationError) return failed(json.message);
  const { apiVersion, kind } = object;
  const config = { ...(json as JsonObject), apiVersion, kind };
  const merged = mergeConfiguration(object, config, kinds);
  return merged.ok ? merged : failed(`error applying patch: ${merged.message}`);
}

function jsonOrWords(value: Value): JsonValue | EvaluationError {
  try {
    return jsonOf(value);
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}
