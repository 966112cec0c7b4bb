import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../../apimachinery/object.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, booleanAt, nameAt, stringAt, valueAt } from '../../../../base/json.ts';

/**
 * The ResourceClaims that a Pod uses, or why it has to wait.
 * Source: pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go `foreachPodResourceClaim`, 1.36.
 */
export function podResourceClaims(
  pod: KubernetesObject,
  get: (key: string) => KubernetesObject | undefined,
): readonly KubernetesObject[] | string {
  const namespace = namespaceOf(pod) ?? 'default';
  const claims: KubernetesObject[] = [];
  for (const entry of arrayAt(pod, 'spec', 'resourceClaims')) {
    const name = claimName(pod, entry);
    if ('problem' in name) return name.problem;
    if (name.name === undefined) continue;
    const claim = get(`${namespace}/${name.name}`);
    if (claim === undefined) return `resourceclaim.resource.k8s.io "${name.name}" not found`;
    if (isBeingDeleted(claim)) return `resourceclaim "${name.name}" is being deleted`;
    if (name.isGenerated && !isOwnedBy(claim, pod))
      return `ResourceClaim ${namespace}/${name.name} was not created for Pod ${namespace}/${nameOf(pod)} (Pod is not owner)`;
    claims.push(claim);
  }
  return claims;
}

/** No name where no claim is needed. Source: dynamic-resource-allocation/resourceclaim/resourceclaim.go `Name`, 1.36. */
export function claimName(
  pod: KubernetesObject,
  entry: JsonValue,
): { readonly name: string | undefined; readonly isGenerated: boolean } | { readonly problem: string } {
  const own = nameAt(entry, 'resourceClaimName');
  if (own !== undefined) return { name: own, isGenerated: false };
  const shown = `${namespaceOf(pod) ?? 'default'}/${nameOf(pod)}`;
  const name = stringAt(entry, 'name') ?? '';
  if (valueAt(entry, 'resourceClaimTemplateName') === undefined)
    return { problem: `pod "${shown}", spec.resourceClaim "${name}": none of the supported fields are set` };
  const status = arrayAt(pod, 'status', 'resourceClaimStatuses').find((one) => stringAt(one, 'name') === name);
  if (status === undefined) return { problem: `pod "${shown}": ResourceClaim not created yet` };
  return { name: nameAt(status, 'resourceClaimName'), isGenerated: true };
}

export function isOwnedBy(claim: KubernetesObject, pod: KubernetesObject): boolean {
  const uid = nameAt(pod, 'metadata', 'uid');
  return arrayAt(claim, 'metadata', 'ownerReferences').some(
    (reference) => booleanAt(reference, 'controller') === true && nameAt(reference, 'uid') === uid,
  );
}

/** Source: resourceclaim.go `IsReservedForPod`, 1.36. */
export function isReservedFor(claim: KubernetesObject, podUid: string): boolean {
  return arrayAt(claim, 'status', 'reservedFor').some((consumer) => nameAt(consumer, 'uid') === podUid);
}

/** Source: staging/src/k8s.io/api/resource/v1/types.go `ResourceClaimReservedForMaxSize`, 1.36. */
const MOST_CONSUMERS = 256;

export function canBeReserved(claim: KubernetesObject): boolean {
  return arrayAt(claim, 'status', 'reservedFor').length < MOST_CONSUMERS;
}

/** `namespace/name`, as caches file it. */
export function claimKey(claim: KubernetesObject): string {
  return `${namespaceOf(claim) ?? 'default'}/${nameOf(claim)}`;
}
