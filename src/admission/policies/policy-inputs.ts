import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { objectInVersion } from '../../kinds/equivalent-versions.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { DecisionInputs } from './policy-decisions.ts';
import { policyAuthorizer } from './policy-authorizer.ts';
import type { RequestForm } from './policy-request.ts';
import { ownForm, requestVariable } from './policy-request.ts';

const NAMESPACE = { group: '', version: 'v1', kind: 'Namespace' };
/** Parts of a Namespace's metadata that expressions do not see. Source: condition.go `CreateNamespaceObject`, 1.36.2. */
const UNSEEN = ['managedFields', 'ownerReferences', 'selfLink'];

/** What the expressions of a policy look at, with the request as the policy matched it. */
export function policyInputs(
  request: AdmissionRequest,
  form: RequestForm,
  params: KubernetesObject | null,
  namespace: KubernetesObject | undefined,
  cluster: ClusterView,
): DecisionInputs {
  const { object, oldObject } = request;
  const inForm = (one: KubernetesObject | undefined): KubernetesObject | undefined =>
    one && objectInVersion(one, form.kind, cluster.kinds);
  const common = {
    object: inForm(object),
    oldObject: inForm(oldObject),
    params,
    authorizer: policyAuthorizer(request, cluster),
  };
  return {
    conditions: {
      ...common,
      request: requestVariable(request, { kind: form.kind, resource: ownForm(request).resource }),
      namespace: undefined,
    },
    validations: {
      ...common,
      request: requestVariable(request, form),
      namespace: namespace && seen(objectInVersion(namespace, NAMESPACE, cluster.kinds)),
    },
  };
}

/** A Namespace as expressions see it: without its kind. */
function seen({ apiVersion: _version, kind: _kind, ...rest }: KubernetesObject): JsonObject {
  const metadata = Object.entries(objectAt(rest, 'metadata') ?? {}).filter(([field]) => !UNSEEN.includes(field));
  return { ...rest, metadata: Object.fromEntries(metadata) };
}
