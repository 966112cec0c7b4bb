import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../../../base/json.ts';

/** `persistentvolumeclaim "x" not found`, as the API machinery says it. */
export function notFound(resource: string, name: string): string {
  return `${resource} "${name}" not found`;
}

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** Source: component-helpers/storage/volume/helpers.go `GetPersistentVolumeClaimClass`, 1.36. */
export function classNameOf(claim: KubernetesObject): string {
  return (
    stringAt(claim, 'metadata', 'annotations', CLASS_ANNOTATION) ?? nameAt(claim, 'spec', 'storageClassName') ?? ''
  );
}
