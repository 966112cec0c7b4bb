import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { UserInfo } from '../messages.ts';
import { installedUser } from '../client/installed-user.ts';

/** The provisioner of directories on Nodes that clusters of kind come with. */
export const LOCAL_PATH = 'rancher.io/local-path';
const NAMESPACE = 'local-path-storage';
const ACCOUNT = 'local-path-provisioner-service-account';
const ROLE = 'local-path-provisioner-role';

export const PROVISIONER_ACCOUNT = { kind: 'ServiceAccount', name: ACCOUNT, namespace: NAMESPACE };

export const PROVISIONER_USER: UserInfo = {
  name: `system:serviceaccount:${NAMESPACE}:${ACCOUNT}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${NAMESPACE}`, 'system:authenticated'],
};

/** The attacher and the resizer of a driver. */
export const ATTACHER_USER = installedUser('kube-system', 'csi-attacher');
export const RESIZER_USER = installedUser('kube-system', 'csi-resizer');

const READ = ['get', 'list', 'watch'];

const STANDARD = 'standard';

/**
 * Source: github.com/kubernetes-sigs/kind images/base/files/kind/manifests/default-storage.yaml (rancher/local-path-provisioner).
 */
export const STANDARD_CLASS: KubernetesObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: STANDARD, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: LOCAL_PATH,
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'WaitForFirstConsumer',
};

/** Whether objects bring a class with the name of ours: the cluster they are written for has theirs and not ours. */
export function bringsDefaultClass(objects: readonly KubernetesObject[]): boolean {
  return objects.some(
    (object) =>
      object.kind === 'StorageClass' && object.apiVersion.startsWith('storage.k8s.io/') && nameOf(object) === STANDARD,
  );
}

/**
 * What a cluster of kind has for storage: the default class, where it is not brought, and what its provisioner may do; not
 * the Namespace and the Deployment, as the provisioner is simulated as a process.
 */
export function storageObjects(hasClass: boolean): readonly KubernetesObject[] {
  return hasClass ? [STANDARD_CLASS, ...PROVISIONER_RULES] : PROVISIONER_RULES;
}

const PROVISIONER_RULES: readonly KubernetesObject[] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: ROLE },
    rules: [
      { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: [...READ, 'update'] },
      { apiGroups: [''], resources: ['persistentvolumes'], verbs: [...READ, 'create', 'patch', 'update', 'delete'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
      { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: READ },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'local-path-provisioner-bind' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: ROLE },
    subjects: [PROVISIONER_ACCOUNT],
  },
];
