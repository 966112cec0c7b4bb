import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { isCsiDriverName } from '../../kinds/shared/volume-words.ts';
import { LOCAL_PATH } from './default-class.ts';

/** Where the volume of a claim lies that the provisioner of its class makes: part of the `spec` of a PersistentVolume. */
export function provisionedSource(
  claim: KubernetesObject,
  name: string,
  driver: string,
  node: string | undefined,
): JsonObject {
  if (driver === LOCAL_PATH) return localSource(claim, name, node);
  // Provisioners with a domain before their name are no CSI drivers, and make what they like. Those of minikube and Docker
  // Desktop make a directory that is taken to be on every Node.
  if (!isCsiDriverName(driver)) return { hostPath: { path: `/var/lib/${driver}/${name}`, type: 'DirectoryOrCreate' } };
  return { csi: { driver, volumeHandle: name } };
}

/** A directory of one Node, which only Pods there can use. */
function localSource(claim: KubernetesObject, name: string, node: string | undefined): JsonObject {
  const directory = `${name}_${namespaceOf(claim) ?? ''}_${nameOf(claim)}`;
  const hostPath = { path: `/var/local-path-provisioner/${directory}`, type: 'DirectoryOrCreate' };
  if (node === undefined) return { hostPath };
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }];
  return { hostPath, nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } };
}
