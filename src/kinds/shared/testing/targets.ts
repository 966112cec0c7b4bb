import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';

function object(apiVersion: string, kind: string, name: string, more: JsonObject = {}): KubernetesObject {
  const clusterScoped = ['PriorityClass', 'RuntimeClass', 'Node'].includes(kind);
  return { apiVersion, kind, metadata: clusterScoped ? { name } : { name, namespace: 'shop' }, ...more };
}

/** For tests: one object of each kind that an arrow from a workload of namespace `shop` can end at. */
export const WORKLOAD_TARGETS: readonly KubernetesObject[] = [
  object('v1', 'ConfigMap', 'new.config', { data: { 'log.level': 'info', MODE: 'x' } }),
  object('v1', 'Secret', 'new-secret', { type: 'Opaque', data: { password: 'eA==' } }),
  object('v1', 'Secret', 'new-pull', { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'e30=' } }),
  object('v1', 'PersistentVolumeClaim', 'new-claim'),
  object('v1', 'ServiceAccount', 'new-account'),
  object('scheduling.k8s.io/v1', 'PriorityClass', 'new-priority'),
  object('node.k8s.io/v1', 'RuntimeClass', 'new-runtime'),
  object('v1', 'Node', 'new-node'),
  object('resource.k8s.io/v1', 'ResourceClaim', 'new-device'),
  object('resource.k8s.io/v1', 'ResourceClaimTemplate', 'new-template'),
];
