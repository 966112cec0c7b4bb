import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import type { PolicyExpression, PolicyVariables } from './policy-expressions.ts';
import { PolicyCompiler } from './policy-expressions.ts';

/** What policies of both sorts have, compiled. */
interface CompiledHead {
  readonly variables: PolicyVariables;
  readonly matchConditions: readonly PolicyExpression[];
}

/** One of `spec.validations`. */
export interface CompiledValidation {
  readonly condition: PolicyExpression;
  /** Undefined where there is none. */
  readonly messageExpression: PolicyExpression | undefined;
  /** '' where there is none. */
  readonly message: string;
  readonly reason: string;
}

export interface CompiledValidatingPolicy extends CompiledHead {
  readonly validations: readonly CompiledValidation[];
  readonly auditAnnotations: readonly { readonly key: string; readonly value: PolicyExpression }[];
}

export interface CompiledMutatingPolicy extends CompiledHead {
  /** Undefined for a mutation that says nothing. */
  readonly mutations: readonly (CompiledMutation | undefined)[];
}

export interface CompiledMutation {
  readonly patchType: 'JSONPatch' | 'ApplyConfiguration';
  readonly expression: PolicyExpression;
}

/** Policies never change: each is compiled once. */
function remembered<Compiled>(compile: (policy: KubernetesObject) => Compiled): (policy: KubernetesObject) => Compiled {
  const known = new WeakMap<KubernetesObject, Compiled>();
  return (policy) => {
    const before = known.get(policy);
    if (before !== undefined) return before;
    const compiled = compile(policy);
    known.set(policy, compiled);
    return compiled;
  };
}

/** Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/plugin.go `compilePolicy`, 1.36.2. */
export const compileValidatingPolicy = remembered((policy): CompiledValidatingPolicy => {
  const spec = valueAt(policy, 'spec');
  const compiler = new PolicyCompiler(spec);
  return {
    variables: compiler.variables,
    matchConditions: compiler.matchConditions(spec),
    validations: arrayAt(spec, 'validations').map((validation) => {
      const messageExpression = stringAt(validation, 'messageExpression') ?? '';
      return {
        condition: compiler.compile('validation', stringAt(validation, 'expression') ?? ''),
        messageExpression: messageExpression === '' ? undefined : compiler.compile('message', messageExpression),
        message: stringAt(validation, 'message') ?? '',
        reason: stringAt(validation, 'reason') ?? 'Invalid',
      };
    }),
    auditAnnotations: arrayAt(spec, 'auditAnnotations').map((annotation) => ({
      key: stringAt(annotation, 'key') ?? '',
      value: compiler.compile('auditAnnotation', stringAt(annotation, 'valueExpression') ?? ''),
    })),
  };
});

/** Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/mutating/compilation.go `compilePolicy`, 1.36.2. */
export const compileMutatingPolicy = remembered((policy): CompiledMutatingPolicy => {
  const spec = valueAt(policy, 'spec');
  const compiler = new PolicyCompiler(spec);
  return {
    variables: compiler.variables,
    matchConditions: compiler.matchConditions(spec),
    mutations: arrayAt(spec, 'mutations').map((mutation) => {
      const patchType = stringAt(mutation, 'patchType');
      const [field, use] =
        patchType === 'JSONPatch'
          ? (['jsonPatch', 'jsonPatch'] as const)
          : (['applyConfiguration', 'applyConfiguration'] as const);
      const text = stringAt(mutation, field, 'expression');
      if (text === undefined || (patchType !== 'JSONPatch' && patchType !== 'ApplyConfiguration')) return undefined;
      return { patchType, expression: compiler.compile(use, text) };
    }),
  };
});
