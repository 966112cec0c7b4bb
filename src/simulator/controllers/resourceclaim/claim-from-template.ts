import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import { claimName, isOwnedBy } from '../../scheduler/plugins/dynamic-resources/pod-claims.ts';
import type { ReconcileContext } from '../controller.ts';
import { RESOURCE_CLAIMS, RESOURCE_CLAIM_TEMPLATES } from '../resources.ts';

/** Source: staging/src/k8s.io/api/resource/v1/types.go `PodResourceClaimAnnotation`, 1.36. */
const OF_POD = 'resource.kubernetes.io/pod-claim-name';

/** A claim that was made before and that the Pod does not name yet. */
export function generatedClaim(
  context: ReconcileContext,
  pod: KubernetesObject,
  entry: JsonValue,
): { readonly name: string } | undefined {
  const namespace = namespaceOf(pod) ?? 'default';
  const found = context
    .view(RESOURCE_CLAIMS)
    .list(namespace)
    .find(
      (claim) =>
        isOwnedBy(claim, pod) && stringAt(claim, 'metadata', 'annotations', OF_POD) === (stringAt(entry, 'name') ?? ''),
    );
  return found === undefined || isNamed(context, pod, entry) ? undefined : { name: nameOf(found) };
}

/** Whether the Pod names a claim that is there and its own, or needs none. */
function isNamed(context: ReconcileContext, pod: KubernetesObject, entry: JsonValue): boolean {
  const name = claimName(pod, entry);
  if ('problem' in name) return false;
  if (name.name === undefined || !name.isGenerated) return true;
  const claim = context.view(RESOURCE_CLAIMS).get(namespaceOf(pod) ?? 'default', name.name);
  return claim !== undefined && isOwnedBy(claim, pod);
}

/** Longest start of a generated name: a hyphen and five characters follow, of 63. */
const LONGEST = 57;

/**
 * Makes a claim from the template that the Pod names; nothing where it needs none.
 * Source: pkg/controller/resourceclaim/controller.go `handleClaim`, 1.36.
 */
export function claimFromTemplate(
  context: ReconcileContext,
  pod: KubernetesObject,
  entry: JsonValue,
): { readonly name: string } | { readonly failed: string } | undefined {
  const templateName = nameAt(entry, 'resourceClaimTemplateName');
  if (templateName === undefined || isNamed(context, pod, entry)) return undefined;
  const namespace = namespaceOf(pod) ?? 'default';
  const template = context.view(RESOURCE_CLAIM_TEMPLATES).get(namespace, templateName);
  if (template === undefined)
    return {
      failed: `resource claim template "${templateName}": resourceclaimtemplate.resource.k8s.io "${templateName}" not found`,
    };
  const name = stringAt(entry, 'name') ?? '';
  const labels = objectAt(template, 'spec', 'metadata', 'labels');
  const answer = context.api.call({
    verb: 'create',
    resource: RESOURCE_CLAIMS,
    namespace,
    body: {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaim',
      metadata: {
        generateName: generateNameOf(nameOf(pod), name),
        namespace,
        annotations: { ...objectAt(template, 'spec', 'metadata', 'annotations'), [OF_POD]: name },
        ...(labels === undefined ? {} : { labels }),
        ownerReferences: [
          {
            apiVersion: 'v1',
            kind: 'Pod',
            name: nameOf(pod),
            uid: nameAt(pod, 'metadata', 'uid') ?? '',
            controller: true,
          },
        ],
      },
      spec: objectAt(template, 'spec', 'spec') ?? {},
    },
  });
  return answer.ok ? { name: nameOf(answer.object) } : { failed: `create ResourceClaim : ${answer.message}` };
}

function generateNameOf(podName: string, name: string): string {
  const whole = `${podName}-${name}-`;
  if (whole.length <= LONGEST) return whole;
  const podPart = podName.slice(0, Math.floor((podName.length * LONGEST) / whole.length));
  const claimPart = name.slice(0, Math.floor((name.length * LONGEST) / whole.length));
  return `${podPart}-${claimPart}`;
}

/** The Pod for which a claim was made: name and uid. Source: controller.go `owningPod`, 1.36. */
export function owningPod(claim: KubernetesObject): { readonly name: string; readonly uid: string } | undefined {
  const owner = arrayAt(claim, 'metadata', 'ownerReferences').find(
    (reference) =>
      objectAt(reference)?.['controller'] === true &&
      stringAt(reference, 'apiVersion') === 'v1' &&
      stringAt(reference, 'kind') === 'Pod',
  );
  return owner === undefined ? undefined : { name: stringAt(owner, 'name') ?? '', uid: stringAt(owner, 'uid') ?? '' };
}
