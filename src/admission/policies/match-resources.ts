import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import { isEmptySelector, parseLabelSelector, selectsObject } from '../../apimachinery/label-selector.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { ClusterView } from '../cluster-view.ts';
import { NAMESPACE } from '../cluster-view.ts';
import type { RequestForm } from './policy-request.ts';
import { equivalentForms, ownForm } from './policy-request.ts';
import { ruleMatches } from './rule-matches.ts';

/** As what a request is matched; undefined where it is not, and why nobody can tell. */
export type Match = RequestForm | undefined | { readonly problem: string };

export const isProblem = (match: Match): match is { readonly problem: string } =>
  match !== undefined && 'problem' in match;

/**
 * Whether a policy or binding is about a request: by namespace, labels and rules. `formsOf`: as what else it could have been
 * sent.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/matching/matching.go `Matches`, 1.36.2.
 */
export function matchResources(
  constraints: JsonValue,
  request: AdmissionRequest,
  cluster: ClusterView,
  formsOf = equivalentForms,
): Match {
  const namespace = namespaceMatches(selectorAt(constraints, 'namespaceSelector'), request, cluster);
  if (namespace === false) return undefined;
  const object = objectMatches(selectorAt(constraints, 'objectSelector'), request);
  if (object === false) return undefined;
  const isExact =
    stringAt(constraints, 'matchPolicy') === 'Exact' || stringAt(constraints, 'matchPolicy') === undefined;
  const forms = isExact ? [] : formsOf(request, cluster);
  if (matchesRules(arrayAt(constraints, 'excludeResourceRules'), request, forms) !== undefined) return undefined;
  const rules = arrayAt(constraints, 'resourceRules');
  const match = rules.length === 0 ? ownForm(request) : matchesRules(rules, request, forms);
  if (match === undefined) return undefined;
  // Only of a request that the rules are about it matters that nobody can tell.
  for (const answer of [namespace, object]) if (typeof answer === 'string') return { problem: answer };
  return match;
}

/** The same for a binding, which is about every request of its policy unless it says otherwise. */
export function matchBinding(binding: KubernetesObject, request: AdmissionRequest, cluster: ClusterView): Match {
  const constraints = objectAt(binding, 'spec', 'matchResources');
  return constraints === undefined ? ownForm(request) : matchResources(constraints, request, cluster);
}

const selectorAt = (constraints: JsonValue, field: string): LabelSelector =>
  parseLabelSelector(objectAt(constraints, field));

/** Whether the request is in a namespace that is selected; words where nobody can tell. */
function namespaceMatches(selector: LabelSelector, request: AdmissionRequest, cluster: ClusterView): boolean | string {
  const { namespace, resource, subresource, operation, object } = request;
  const isNamespaces = resource.resource === 'namespaces';
  if (namespace === '' && !isNamespaces) return true;
  if (selector.invalid !== undefined) return `Internal error occurred: ${selector.invalid.join(', ')}`;
  if (isEmptySelector(selector)) return true;
  const isWritten = isNamespaces && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE');
  const found = isWritten ? object : cluster.get(NAMESPACE, '', namespace);
  return found === undefined ? `namespaces "${namespace}" not found` : selectsObject(selector, found);
}

/** Whether the object is selected as it is or as it was. */
function objectMatches(selector: LabelSelector, { object, oldObject }: AdmissionRequest): boolean | string {
  if (selector.invalid !== undefined) return `Internal error occurred: ${selector.invalid.join(', ')}`;
  if (isEmptySelector(selector)) return true;
  return [object, oldObject].some((one) => one !== undefined && selectsObject(selector, one));
}

/** The first form of the request that a rule is about: as it was sent, then by rule as it could have been sent. */
function matchesRules(
  rules: readonly JsonValue[],
  request: AdmissionRequest,
  others: readonly RequestForm[],
): RequestForm | undefined {
  const own = ownForm(request);
  if (rules.some((rule) => ruleMatches(rule, request, own.resource))) return own;
  for (const rule of rules) {
    const form = others.find(({ resource }) => ruleMatches(rule, request, resource));
    if (form !== undefined) return form;
  }
  return undefined;
}
