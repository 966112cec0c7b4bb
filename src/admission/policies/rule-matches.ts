import type { JsonValue } from '../../base/json.ts';
import { arrayAt, stringAt } from '../../base/json.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { GroupVersionResource } from './policy-request.ts';

/**
 * Whether a rule is about a request, which is looked at as one on `resource`.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/predicates/rules/rules.go and matching.go
 * `matchesResourceRules`, 1.36.2.
 */
export function ruleMatches(rule: JsonValue, request: AdmissionRequest, resource: GroupVersionResource): boolean {
  const { operation, subresource, name } = request;
  const names = arrayAt(rule, 'resourceNames');
  return (
    scopeMatches(stringAt(rule, 'scope') ?? '*', request, resource) &&
    holds(arrayAt(rule, 'operations'), operation) &&
    holds(arrayAt(rule, 'apiGroups'), resource.group) &&
    holds(arrayAt(rule, 'apiVersions'), resource.version) &&
    arrayAt(rule, 'resources').some((entry) => resourceMatches(String(entry), resource.resource, subresource)) &&
    (names.length === 0 || names.includes(name))
  );
}

const holds = (list: readonly JsonValue[], wanted: string): boolean => list.includes('*') || list.includes(wanted);

function resourceMatches(entry: string, resource: string, subresource: string): boolean {
  const slash = entry.indexOf('/');
  const [own, part] = slash < 0 ? [entry, ''] : [entry.slice(0, slash), entry.slice(slash + 1)];
  return (own === '*' || own === resource) && (part === '*' || part === subresource);
}

/** A Namespace is in no namespace, though a request on it has one. */
function scopeMatches(scope: string, { namespace }: AdmissionRequest, resource: GroupVersionResource): boolean {
  const isNamespace = resource.group === '' && resource.version === 'v1' && resource.resource === 'namespaces';
  if (scope === 'Namespaced') return !isNamespace && namespace !== '';
  if (scope === 'Cluster') return isNamespace || namespace === '';
  return scope === '*';
}
