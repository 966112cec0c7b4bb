import type { Environment } from './check.ts';
import { baseFunctions, readType } from './declarations.ts';
import type { Functions } from './declarations.ts';
import type { CelType } from './type.ts';
import * as types from './type.ts';

/**
 * Objects that expressions of admission see: name, then `field: type` each.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/compile.go `BuildRequestType`, `BuildNamespaceType`, 1.36.
 */
const DECLARED: readonly (readonly [string, string])[] = [
  ['kubernetes.GroupVersionKind', 'group: string; version: string; kind: string'],
  ['kubernetes.GroupVersionResource', 'group: string; version: string; resource: string'],
  ['kubernetes.UserInfo', 'username: string; uid: string; groups: list(string); extra: map(string, list(string))'],
  [
    'kubernetes.AdmissionRequest',
    'kind: kubernetes.GroupVersionKind; resource: kubernetes.GroupVersionResource; subResource: string; requestKind: kubernetes.GroupVersionKind; requestResource: kubernetes.GroupVersionResource; requestSubResource: string; name: string; namespace: string; operation: string; userInfo: kubernetes.UserInfo; dryRun: bool; options: dyn',
  ],
  ['kubernetes.NamespaceSpec', 'finalizers: list(string)'],
  [
    'kubernetes.NamespaceCondition',
    'status: string; type: string; lastTransitionTime: timestamp; message: string; reason: string',
  ],
  ['kubernetes.NamespaceStatus', 'conditions: list(kubernetes.NamespaceCondition); phase: string'],
  [
    'kubernetes.NamespaceMetadata',
    'name: string; generateName: string; namespace: string; labels: map(string, string); annotations: map(string, string); UID: string; creationTimestamp: timestamp; deletionGracePeriodSeconds: int; deletionTimestamp: timestamp; generation: int; resourceVersion: string; finalizers: list(string)',
  ],
  [
    'kubernetes.Namespace',
    'metadata: kubernetes.NamespaceMetadata; spec: kubernetes.NamespaceSpec; status: kubernetes.NamespaceStatus',
  ],
];

const STRUCTS: ReadonlyMap<string, CelType> = new Map(
  DECLARED.map(([name, text]) => {
    const fields = text.split('; ').map((field): readonly [string, CelType] => {
      const [own, type] = field.split(': ') as [string, string];
      return [own, readType(type)];
    });
    return [name, types.struct(name, new Map(fields))];
  }),
);

const AUTHORIZER = types.struct('kubernetes.authorization.Authorizer');
const RESOURCE_CHECK = types.struct('kubernetes.authorization.ResourceCheck');

/** What an expression of a webhook or policy may speak of, beside the object and the request. */
export interface AdmissionOptions {
  readonly hasParams: boolean;
  readonly hasAuthorizer: boolean;
  /** Whether objects and JSON patches can be written. */
  readonly hasPatchTypes?: boolean;
  /** The types of the policy's variables, by name; undefined where none may be spoken of. */
  readonly variables?: ReadonlyMap<string, CelType> | undefined;
}

export const JSON_PATCH = types.struct(
  'JSONPatch',
  new Map([
    ['op', types.STRING],
    ['from', types.STRING],
    ['path', types.STRING],
    ['value', types.DYN],
  ]),
);

/** `Object`, `Object.spec`: a part of an object, of which any field may be written. */
function patchType(name: string): CelType | undefined {
  if (name === 'JSONPatch') return JSON_PATCH;
  return name === 'Object' || name.startsWith('Object.') ? types.struct(name) : undefined;
}

let patching: Functions | undefined;

function patchFunctions(): Functions {
  const escape = [{ member: false, params: [types.STRING], result: types.STRING }];
  return (patching ??= new Map([...baseFunctions(), ['jsonpatch.escapeKey', escape]]));
}

/** Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/compile.go `createEnvForOpts`, 1.36. */
export function admissionEnvironment(options: AdmissionOptions): Environment {
  const { hasParams, hasAuthorizer, hasPatchTypes = false, variables } = options;
  const known = new Map<string, CelType>([
    ['object', types.DYN],
    ['oldObject', types.DYN],
    ['namespaceObject', STRUCTS.get('kubernetes.Namespace')!],
    ['request', STRUCTS.get('kubernetes.AdmissionRequest')!],
  ]);
  if (hasParams) known.set('params', types.DYN);
  if (hasAuthorizer) known.set('authorizer', AUTHORIZER).set('authorizer.requestResource', RESOURCE_CHECK);
  const ownVariables = variables === undefined ? undefined : types.struct('kubernetes.variables', variables);
  if (ownVariables !== undefined) known.set('variables', ownVariables);
  return {
    variables: known,
    functions: hasPatchTypes ? patchFunctions() : baseFunctions(),
    structs: (name) => STRUCTS.get(name) ?? (hasPatchTypes ? patchType(name) : undefined),
  };
}

/** What an expression of a policy speaks of where types are known: undefined for what could be anything. */
export interface KnownTypes {
  readonly object: CelType | undefined;
  readonly params: CelType | undefined;
  readonly hasParams: boolean;
  readonly variables: ReadonlyMap<string, CelType>;
}

/**
 * What expressions are type checked against. The request's own resource is no variable there, so that
 * `authorizer.requestResource` is told to be wrong.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/typechecking.go `buildEnvSet`, 1.36.2.
 */
export function typeCheckingEnvironment({ object, params, hasParams, variables }: KnownTypes): Environment {
  const environment = admissionEnvironment({ hasParams, hasAuthorizer: true, variables });
  const known = new Map(environment.variables);
  known.delete('authorizer.requestResource');
  known.set('object', object ?? types.DYN).set('oldObject', object ?? types.DYN);
  if (hasParams) known.set('params', params ?? types.DYN);
  return { ...environment, variables: known };
}
