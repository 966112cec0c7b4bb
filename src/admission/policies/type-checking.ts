import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import { arrayAt, asString, objectAt, stringAt } from '../../base/json.ts';

import { typeCheckingEnvironment } from '../../cel/admission-environment.ts';
import type { KnownTypes } from '../../cel/admission-environment.ts';
import { compile } from '../../cel/compile.ts';
import { variableType } from '../../cel/condition.ts';
import type { CelType } from '../../cel/type.ts';
import type { PolicyKinds } from '../../kinds/policy-kinds.ts';

/** One of `status.typeChecking.expressionWarnings`. */
export interface ExpressionWarning {
  readonly path: Path;
  /** The path in words. */
  readonly fieldRef: string;
  readonly warning: string;
}

/** Kinds that are collected of one rule: beyond them a policy is not checked. */
const MOST_KINDS = 10;

/**
 * What is wrong with the types in the expressions of a ValidatingAdmissionPolicy, for each kind that it speaks of. Match
 * conditions, variables and audit annotations are not looked at. Source:
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/typechecking.go `Check`, 1.36.2.
 */
export function typeCheckPolicy(policy: JsonValue, kinds: PolicyKinds): readonly ExpressionWarning[] {
  const spec = objectAt(policy, 'spec');
  const params = paramKindOf(spec);
  const hasParams = params !== undefined;
  const checked = kindsToCheck(spec, kinds).flatMap((kind) => {
    const found = kinds.typeOf(kind);
    return found === undefined ? [] : [{ kind, object: found.type }];
  });
  if (checked.length === 0) return [];
  const paramsType = params && kinds.typeOf(params)?.type;
  const perKind = checked.map(({ kind, object }) => ({
    kind,
    known: { object, params: paramsType, hasParams, variables: variablesOf(spec, object, paramsType, hasParams) },
  }));
  return arrayAt(spec, 'validations').flatMap((validation, index) =>
    ['expression', 'messageExpression'].flatMap((field): readonly ExpressionWarning[] => {
      const text = stringAt(validation, field) ?? '';
      if (field === 'messageExpression' && text === '') return [];
      const problems = perKind.flatMap(({ kind, known }) => problemOf(text, kind, known) ?? []);
      const path = ['spec', 'validations', index, field];
      return problems.length === 0 ? [] : [{ path, fieldRef: formatFieldPath(path), warning: problems.join('\n') }];
    }),
  );
}

/** Each variable knows those before it; one that does not compile could be anything, and nothing is said of it. */
function variablesOf(
  spec: JsonValue | undefined,
  object: CelType | undefined,
  params: CelType | undefined,
  hasParams: boolean,
): ReadonlyMap<string, CelType> {
  const variables = new Map<string, CelType>();
  for (const variable of arrayAt(spec, 'variables')) {
    const environment = typeCheckingEnvironment({ object, params, hasParams, variables: new Map(variables) });
    const compiled = compile(stringAt(variable, 'expression') ?? '', environment);
    variables.set(stringAt(variable, 'name') ?? '', variableType(compiled.ok ? compiled.program.type : undefined));
  }
  return variables;
}

function problemOf(text: string, { group, version, kind }: GroupVersionKind, known: KnownTypes): string | undefined {
  const compiled = compile(text, typeCheckingEnvironment(known));
  return compiled.ok ? undefined : `${group}/${version}, Kind=${kind}: ${compiled.message}\n`;
}

function paramKindOf(spec: JsonValue | undefined): GroupVersionKind | undefined {
  const paramKind = objectAt(spec, 'paramKind');
  if (paramKind === undefined) return undefined;
  const found = {
    ...parseApiVersion(stringAt(paramKind, 'apiVersion') ?? ''),
    kind: stringAt(paramKind, 'kind') ?? '',
  };
  return found.group === '' && found.version === '' && found.kind === '' ? undefined : found;
}

/** The API groups of which a policy speaks by name: those of what it matches and of its parameters. */
export function groupsOfPolicy(policy: JsonValue): readonly string[] {
  const rules = arrayAt(policy, 'spec', 'matchConstraints', 'resourceRules');
  const named = rules.flatMap((rule) => namesOf(rule, 'apiGroups') ?? []);
  const params = paramKindOf(objectAt(policy, 'spec'));
  return [...new Set(params === undefined ? named : [...named, params.group])];
}

/** The kinds that a policy matches by name, in order. Source: `typesToCheck`. */
export function kindsToCheck(spec: JsonValue | undefined, kinds: PolicyKinds): readonly GroupVersionKind[] {
  const found = new Map<string, GroupVersionKind>();
  for (const rule of arrayAt(spec, 'matchConstraints', 'resourceRules')) {
    const [groups, versions] = [namesOf(rule, 'apiGroups'), namesOf(rule, 'apiVersions')];
    const resources = texts(rule, 'resources').filter((resource) => !/[*/]/.test(resource));
    if (groups === undefined || versions === undefined) continue;
    let count = 0;
    for (const [group, version, resource] of each(groups, versions, resources.toSorted(compareStrings)))
      for (const kind of kinds.kindsFor(group, version, resource)) {
        found.set(`${kind.group}/${kind.version}/${kind.kind}`, kind);
        if (++count === MOST_KINDS) return inOrder(found);
      }
  }
  return inOrder(found);
}

function* each(groups: readonly string[], versions: readonly string[], resources: readonly string[]) {
  for (const group of groups)
    for (const version of versions) for (const resource of resources) yield [group, version, resource] as const;
}

/** Names in order; undefined where there is a wildcard among them. */
function namesOf(rule: JsonValue, field: string): readonly string[] | undefined {
  const names = texts(rule, field);
  return names.some((name) => name.includes('*')) ? undefined : names.toSorted(compareStrings);
}

function texts(rule: JsonValue, field: string): readonly string[] {
  return arrayAt(rule, field).flatMap((name) => asString(name) ?? []);
}

function inOrder(found: ReadonlyMap<string, GroupVersionKind>): readonly GroupVersionKind[] {
  return [...found.values()].sort(
    (a, b) =>
      compareStrings(a.group, b.group) || compareStrings(a.version, b.version) || compareStrings(a.kind, b.kind),
  );
}
