import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { objectAt, stringAt } from '../../base/json.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import { formatGroupResource } from '../admission-request.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { ParamKind } from './collect-params.ts';

/** A policy with what puts it into force. */
export interface PolicyHook {
  readonly policy: KubernetesObject;
  readonly bindings: readonly KubernetesObject[];
  readonly paramKind: ParamKind | undefined;
  /** Why the policy cannot be asked; undefined where it can. */
  readonly configurationError: string | undefined;
}

/**
 * The policies of a kind that are bound, ordered by name with their bindings; upstream has them in any order. Policies that are
 * not there are not asked. Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/generic/policy_source.go, 1.36.2.
 */
export function policyHooks(
  policyKind: GroupKind,
  bindingKind: GroupKind,
  cluster: ClusterView,
): readonly PolicyHook[] {
  const bound = new Map<string, KubernetesObject[]>();
  for (const binding of cluster.list(bindingKind, '')) {
    const name = stringAt(binding, 'spec', 'policyName') ?? '';
    const others = bound.get(name);
    if (others === undefined) bound.set(name, [binding]);
    else others.push(binding);
  }
  if (bound.size === 0) return [];
  return cluster.list(policyKind, '').flatMap((policy) => {
    const bindings = bound.get(stringAt(policy, 'metadata', 'name') ?? '');
    return bindings === undefined ? [] : [hookOf(policy, bindings, cluster)];
  });
}

function hookOf(policy: KubernetesObject, bindings: readonly KubernetesObject[], cluster: ClusterView): PolicyHook {
  const param = objectAt(policy, 'spec', 'paramKind');
  if (param === undefined) return { policy, bindings, paramKind: undefined, configurationError: undefined };
  const { group, version } = parseApiVersion(stringAt(param, 'apiVersion') ?? '');
  const kind = { group, version, kind: stringAt(param, 'kind') ?? '' };
  const [resource] = cluster.resourcesOf(kind);
  if (resource !== undefined)
    return { policy, bindings, paramKind: { kind, scope: resource.scope }, configurationError: undefined };
  const words = `${group}/${version}, Kind=${kind.kind}`;
  const configurationError = `failed to find resource referenced by paramKind: '${words}'`;
  return { policy, bindings, paramKind: undefined, configurationError };
}

/**
 * Resources that no policy is asked about: what policies themselves are made of, and reviews that are not stored.
 * Source: policy/generic/plugin.go and pkg/kubeapiserver/admission/exclusion/resources.go, 1.36.2.
 */
const EXCLUDED: ReadonlySet<string> = new Set([
  'validatingadmissionpolicies.admissionregistration.k8s.io',
  'validatingadmissionpolicybindings.admissionregistration.k8s.io',
  'mutatingadmissionpolicies.admissionregistration.k8s.io',
  'mutatingadmissionpolicybindings.admissionregistration.k8s.io',
  'selfsubjectreviews.authentication.k8s.io',
  'tokenreviews.authentication.k8s.io',
  'localsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectrulesreviews.authorization.k8s.io',
  'subjectaccessreviews.authorization.k8s.io',
]);

export function isExcluded({ resource }: AdmissionRequest): boolean {
  return EXCLUDED.has(formatGroupResource(resource));
}
