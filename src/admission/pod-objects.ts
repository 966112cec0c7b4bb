import type { KubernetesObject } from '../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt, valueAt } from '../base/json.ts';
import { podSpecReferences } from '../kinds/shared/pod-spec/pod-spec.references.ts';

/** Whether a Pod names a Secret. Source: pkg/api/pod/util.go `VisitPodSecretNames`, 1.36. */
export function referencesSecret(pod: KubernetesObject): boolean {
  return references(pod, 'Secret');
}

function references(pod: KubernetesObject, kind: string): boolean {
  const spec = objectAt(pod, 'spec') ?? {};
  return podSpecReferences(spec, ['spec'], '').some(({ target }) => target.by === 'name' && target.kind === kind);
}

/**
 * What else of the API a Pod needs in order to run, in the words of a refusal; undefined where it needs nothing, as a Pod
 * out of a file must. Source: the same file, `HasAPIObjectReference`.
 */
export function apiObjectReferenced(pod: KubernetesObject): string | undefined {
  if (nameAt(pod, 'spec', 'serviceAccountName') !== undefined) return 'serviceaccounts';
  if (referencesSecret(pod)) return 'secrets';
  if (references(pod, 'ConfigMap')) return 'configmaps';
  if (arrayAt(pod, 'spec', 'resourceClaims').length > 0) return 'resourceclaims';
  for (const volume of arrayAt(pod, 'spec', 'volumes')) {
    const found = VOLUMES.find(([source]) => isSet(volume, source));
    if (found) return found[1];
    for (const projection of arrayAt(volume, 'projected', 'sources')) {
      const projected = PROJECTIONS.find(([source]) => isSet(projection, source));
      if (projected) return projected[1];
    }
  }
  return undefined;
}

function isSet(value: unknown, field: string): boolean {
  return (valueAt(value, field) ?? null) !== null;
}

const VOLUMES = [
  ['configMap', 'configmaps (via configmap volumes)'],
  ['secret', 'secrets (via secret volumes)'],
  ['csi', 'csidrivers (via CSI volumes)'],
  ['glusterfs', 'endpoints (via glusterFS volumes)'],
  ['persistentVolumeClaim', 'persistentvolumeclaims'],
  ['ephemeral', 'persistentvolumeclaims (via ephemeral volumes)'],
  ['azureFile', 'secrets (via azureFile volumes)'],
] as const;

const PROJECTIONS = [
  ['configMap', 'configmaps (via projected volumes)'],
  ['secret', 'secrets (via projected volumes)'],
  ['serviceAccountToken', 'serviceaccounts (via projected volumes)'],
  ['clusterTrustBundle', 'clustertrustbundles'],
  ['podCertificate', 'podcertificates'],
] as const;
