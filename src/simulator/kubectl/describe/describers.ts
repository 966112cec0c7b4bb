import type { GroupKind } from '../../../apimachinery/group-version-kind.ts';
import { formatGroupKind } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { describeRole, describeRoleBinding } from './access.ts';
import { describeAutoscaler, describeDisruptionBudget } from './autoscaling.ts';
import {
  describeConfigMap,
  describeLimitRange,
  describeNamespace,
  describePriorityClass,
  describeResourceQuota,
  describeSecret,
  describeServiceAccount,
} from './config.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { describeAnything } from './generic.ts';
import {
  describeEndpointSlice,
  describeEndpoints,
  describeIngress,
  describeIngressClass,
  describeIpAddress,
  describeNetworkPolicy,
  describeService,
  describeServiceCidr,
} from './network.ts';
import { describeNode } from './node.ts';
import { describePod } from './pod.ts';
import {
  describeCsiNode,
  describePersistentVolume,
  describePersistentVolumeClaim,
  describeStorageClass,
  describeVolumeAttributesClass,
} from './storage.ts';
import {
  describeCronJob,
  describeDaemonSet,
  describeDeployment,
  describeJob,
  describeReplicaSet,
  describeReplicationController,
  describeStatefulSet,
} from './workloads.ts';
import { DescribeWriter } from './writer.ts';

/** Kinds with words of their own, by `Kind.group`. Source: describe.go `describerMap`, 1.36. */
const DESCRIBERS: Readonly<Record<string, Describer>> = {
  Pod: describePod,
  ReplicationController: describeReplicationController,
  Secret: describeSecret,
  Service: describeService,
  ServiceAccount: describeServiceAccount,
  Node: describeNode,
  LimitRange: describeLimitRange,
  ResourceQuota: describeResourceQuota,
  PersistentVolume: describePersistentVolume,
  PersistentVolumeClaim: describePersistentVolumeClaim,
  Namespace: describeNamespace,
  Endpoints: describeEndpoints,
  ConfigMap: describeConfigMap,
  'EndpointSlice.discovery.k8s.io': describeEndpointSlice,
  'HorizontalPodAutoscaler.autoscaling': describeAutoscaler,
  'Ingress.networking.k8s.io': describeIngress,
  'IngressClass.networking.k8s.io': describeIngressClass,
  'ServiceCIDR.networking.k8s.io': describeServiceCidr,
  'IPAddress.networking.k8s.io': describeIpAddress,
  'Job.batch': describeJob,
  'CronJob.batch': describeCronJob,
  'StatefulSet.apps': describeStatefulSet,
  'Deployment.apps': describeDeployment,
  'DaemonSet.apps': describeDaemonSet,
  'ReplicaSet.apps': describeReplicaSet,
  'StorageClass.storage.k8s.io': describeStorageClass,
  'CSINode.storage.k8s.io': describeCsiNode,
  'VolumeAttributesClass.storage.k8s.io': describeVolumeAttributesClass,
  'PodDisruptionBudget.policy': describeDisruptionBudget,
  'Role.rbac.authorization.k8s.io': describeRole,
  'ClusterRole.rbac.authorization.k8s.io': describeRole,
  'RoleBinding.rbac.authorization.k8s.io': describeRoleBinding,
  'ClusterRoleBinding.rbac.authorization.k8s.io': describeRoleBinding,
  'NetworkPolicy.networking.k8s.io': describeNetworkPolicy,
  'PriorityClass.scheduling.k8s.io': describePriorityClass,
};

/** What `kubectl describe` says of an object. */
export function describeObject(kind: GroupKind, object: KubernetesObject, context: DescribeContext): string {
  const writer = new DescribeWriter();
  (DESCRIBERS[formatGroupKind(kind)] ?? describeAnything)(writer, object, context);
  return writer.toString();
}
