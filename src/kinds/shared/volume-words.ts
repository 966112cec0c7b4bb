import type { JsonObject } from '../../base/json.ts';
import { arrayAt } from '../../base/json.ts';

/** The class of a claim or volume before 1.6; where it is written, it still wins over `spec.storageClassName`. */
export const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/**
 * Whether a provisioner may be a CSI driver. The name of a driver is the name of its CSIDriver object, so it holds no
 * slash; `kubernetes.io/aws-ebs` and `k8s.io/minikube-hostpath` are provisioners of other making.
 */
export function isCsiDriverName(provisioner: string): boolean {
  return !provisioner.includes('/');
}

const ABBREVIATIONS: ReadonlyMap<unknown, string> = new Map([
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
]);

/** `RWO,ROX`, as kubectl shows the access modes of a claim or volume. */
export function accessModes(object: JsonObject): string {
  const modes = new Set(arrayAt(object, 'spec', 'accessModes'));
  return [...ABBREVIATIONS].flatMap(([mode, short]) => (modes.has(mode as string) ? [short] : [])).join(',');
}
