import { isSnapshotSource } from './snapshot-facts.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, objectAt } from '../../../base/json.ts';
import type { JsonValue } from '../../../base/json.ts';
import { SNAPSHOT_GROUP } from '../../../kinds/shared/snapshot.ts';
import { PROVISIONER_ACCOUNT } from '../default-class.ts';
import fromRelease from './data/snapshot-crds.json' with { type: 'json' };

/** The CustomResourceDefinitions with which a cluster serves snapshots. */
export const SNAPSHOT_DEFINITIONS = fromRelease.crds as unknown as readonly KubernetesObject[];

/**
 * What the provisioners of drivers may do with snapshots, of which they make volumes.
 * Source: kubernetes-csi/external-provisioner deploy/kubernetes/rbac.yaml, v6.3.0.
 */
export const SNAPSHOT_RULES: readonly KubernetesObject[] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'external-provisioner-snapshots' },
    rules: [
      { apiGroups: [SNAPSHOT_GROUP], resources: ['volumesnapshots'], verbs: ['get', 'list', 'update'] },
      { apiGroups: [SNAPSHOT_GROUP], resources: ['volumesnapshotcontents'], verbs: ['get', 'list'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'external-provisioner-snapshots' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'external-provisioner-snapshots' },
    subjects: [PROVISIONER_ACCOUNT],
  },
];

/** Whether objects bring a definition of these kinds: the cluster then waits for it, and has none of its own. */
export function bringsSnapshotDefinitions(objects: readonly KubernetesObject[]): boolean {
  return objects.some(
    (object) => object.kind === 'CustomResourceDefinition' && nameOf(object).endsWith(`.${SNAPSHOT_GROUP}`),
  );
}

/** Whether something asks for snapshots: their definitions, one of their objects, or a claim that is to be made of one. */
export function asksForSnapshots(objects: readonly KubernetesObject[]): boolean {
  return objects.some(
    (object) =>
      bringsSnapshotDefinitions([object]) ||
      object.apiVersion.startsWith(`${SNAPSHOT_GROUP}/`) ||
      claimSpecsOf(object).some(isOfSnapshot),
  );
}

/** The claims that an object is, or has made. */
function claimSpecsOf(object: KubernetesObject): readonly (JsonValue | undefined)[] {
  if (object.kind === 'PersistentVolumeClaim') return [object['spec']];
  const templates = arrayAt(object, 'spec', 'volumeClaimTemplates').map((template) => objectAt(template, 'spec'));
  const pods = [objectAt(object, 'spec'), objectAt(object, 'spec', 'template', 'spec')];
  const volumes = pods.flatMap((pod) => arrayAt(pod, 'volumes'));
  return [...templates, ...volumes.map((volume) => objectAt(volume, 'ephemeral', 'volumeClaimTemplate', 'spec'))];
}

function isOfSnapshot(spec: JsonValue | undefined): boolean {
  return ['dataSource', 'dataSourceRef'].some((field) => isSnapshotSource(objectAt(spec, field)));
}
