import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, numberAt, stringAt } from '../../../base/json.ts';
import type { UserInfo } from '../../messages.ts';

/** What a FlowSchema looks at of a request. */
export interface RequestDigest {
  readonly user: UserInfo;
  readonly verb: string;
  /** Of a request that is for no resource. */
  readonly path?: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** '' for the whole cluster. */
  readonly namespace: string;
}

/** FlowSchemas in the order in which they are asked. Source: staging/src/k8s.io/apiserver/pkg/util/apihelpers/helpers.go `FlowSchemaSequence`, 1.36. */
export function inOrder(schemas: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return schemas.toSorted((a, b) => precedenceOf(a) - precedenceOf(b) || compareStrings(nameOf(a), nameOf(b)));
}

function precedenceOf(schema: KubernetesObject): number {
  return numberAt(schema, 'spec', 'matchingPrecedence') ?? 1000;
}

/** Source: staging/src/k8s.io/apiserver/pkg/util/flowcontrol/rule.go, 1.36. */
export function matchesSchema(digest: RequestDigest, schema: KubernetesObject): boolean {
  return arrayAt(schema, 'spec', 'rules').some((rule) => matchesRule(digest, rule));
}

function matchesRule(digest: RequestDigest, rule: JsonValue): boolean {
  if (!arrayAt(rule, 'subjects').some((subject) => isSubject(digest.user, subject))) return false;
  const list = digest.path === undefined ? 'resourceRules' : 'nonResourceRules';
  return arrayAt(rule, list).some((one) => matchesOne(digest, one));
}

function isSubject({ name, groups }: UserInfo, subject: JsonValue): boolean {
  switch (stringAt(subject, 'kind')) {
    case 'User': {
      const wanted = stringAt(subject, 'user', 'name');
      return wanted === '*' || wanted === name;
    }
    case 'Group': {
      const wanted = stringAt(subject, 'group', 'name');
      return wanted !== undefined && (wanted === '*' || groups.includes(wanted));
    }
    case 'ServiceAccount': {
      const account = stringAt(subject, 'serviceAccount', 'name');
      const start = `system:serviceaccount:${stringAt(subject, 'serviceAccount', 'namespace') ?? ''}:`;
      return account === '*' ? name.startsWith(start) : account !== undefined && name === start + account;
    }
    default:
      return false;
  }
}

function matchesOne(
  { verb, path, group, resource, subresource = '', namespace }: RequestDigest,
  rule: JsonValue,
): boolean {
  const has = (field: string, value: string): boolean =>
    arrayAt(rule, field).some((wanted) => wanted === '*' || wanted === value);
  if (!has('verbs', verb)) return false;
  if (path !== undefined) return arrayAt(rule, 'nonResourceURLs').some((wanted) => coversPath(String(wanted), path));
  if (!has('resources', subresource === '' ? resource : `${resource}/${subresource}`) || !has('apiGroups', group))
    return false;
  return namespace === '' ? booleanAt(rule, 'clusterScope') === true : has('namespaces', namespace);
}

function coversPath(wanted: string, path: string): boolean {
  if (wanted === '*' || wanted === path) return true;
  const start = wanted.endsWith('*') ? wanted.slice(0, -1) : wanted;
  return path.startsWith(start.endsWith('/') ? start : `${start}/`);
}
