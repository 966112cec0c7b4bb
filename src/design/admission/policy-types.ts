import { policyKinds } from '../../kinds/policy-kinds.ts';
import { groupsOfPolicy, typeCheckPolicy } from '../../admission/policies/type-checking.ts';
import type { ExpressionWarning } from '../../admission/policies/type-checking.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';

export function isTypeChecked({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'ValidatingAdmissionPolicy' && apiVersion.startsWith('admissionregistration.k8s.io/');
}

/** The groups whose schemas have to be loaded before the expressions of an object are type checked. */
export function groupsTypeChecked(object: KubernetesObject): readonly string[] {
  return isTypeChecked(object) ? groupsOfPolicy(object) : [];
}

/** What a cluster with the definitions of a design would write into the status of a policy. */
export function policyTypeWarnings(
  policy: KubernetesObject,
  definitions: readonly KubernetesObject[],
  release: number | undefined,
): readonly ExpressionWarning[] {
  return typeCheckPolicy(policy, policyKinds({ definitions, release, moment: 0 }));
}

/** As problems of the policy, each at its expression. */
export function problemsOfTypes({ id }: DesignRecord, warnings: readonly ExpressionWarning[]): readonly Problem[] {
  return warnings.map(({ path, warning }) => ({
    id: 'policy.typeWarning',
    severity: 'warning',
    record: id,
    field: path,
    params: { message: warning.trimEnd() },
  }));
}
