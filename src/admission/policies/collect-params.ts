import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { parseLabelSelector, selectsObject } from '../../apimachinery/label-selector.ts';
import { objectAt, stringAt } from '../../base/json.ts';
import { objectInVersion } from '../../kinds/equivalent-versions.ts';
import type { ClusterView } from '../cluster-view.ts';

/** The kind of a policy's parameters, and how its objects are addressed. */
export interface ParamKind {
  readonly kind: GroupVersionKind;
  readonly scope: 'Namespaced' | 'Cluster';
}

/** The parameters with which a binding has its policy asked, null for none; or why they cannot be found. */
export type Params = readonly (KubernetesObject | null)[] | string;

const WITHOUT: Params = [null];

/**
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/generic/policy_dispatcher.go `CollectParams`, 1.36.2.
 * Several are ordered by name; upstream has them in any order.
 */
export function collectParams(
  kind: ParamKind | undefined,
  binding: KubernetesObject,
  requestNamespace: string,
  cluster: ClusterView,
): Params {
  const ref = objectAt(binding, 'spec', 'paramRef');
  if (kind === undefined || ref === undefined) return WITHOUT;
  const own = stringAt(ref, 'namespace') ?? '';
  const isNamespaced = kind.scope === 'Namespaced';
  if (isNamespaced && own === '' && requestNamespace === '')
    return 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources';
  if (!isNamespaced && own !== '') return 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`';
  const namespace = isNamespaced ? own || requestNamespace : '';
  const [name, selector] = [stringAt(ref, 'name') ?? '', objectAt(ref, 'selector')];
  if (name === '' && selector === undefined) return 'one of name or selector must be provided';
  if (name !== '' && selector !== undefined) return 'paramRef.name and paramRef.selector are mutually exclusive';
  const found = name === '' ? selected(kind, namespace, selector, cluster) : [cluster.get(kind.kind, namespace, name)];
  const params = found.flatMap((param) =>
    param === undefined ? [] : [objectInVersion(param, kind.kind, cluster.kinds)],
  );
  if (params.length === 0 && stringAt(ref, 'parameterNotFoundAction') === 'Deny')
    return 'no params found for policy binding with `Deny` parameterNotFoundAction';
  return params;
}

function selected(
  { kind }: ParamKind,
  namespace: string,
  selector: KubernetesObject[string],
  cluster: ClusterView,
): readonly KubernetesObject[] {
  const wanted = parseLabelSelector(selector);
  return cluster.list(kind, namespace).filter((param) => selectsObject(wanted, param));
}
