import type { KubernetesObject } from '../../apimachinery/object.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
const SUBJECTS = [{ kind: 'ServiceAccount', name: 'metrics-server', namespace: 'kube-system' }];

/**
 * What metrics-server brings for its own rights, and for those who read.
 * Source: github.com/kubernetes-sigs/metrics-server manifests/base/rbac.yaml, v0.8.
 */
export const METRICS_OBJECTS: readonly KubernetesObject[] = [
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'metrics-server', namespace: 'kube-system', labels: { 'k8s-app': 'metrics-server' } },
  },
  {
    apiVersion: RBAC,
    kind: 'ClusterRole',
    metadata: { name: 'system:metrics-server', labels: { 'k8s-app': 'metrics-server' } },
    rules: [
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] },
    ],
  },
  {
    apiVersion: RBAC,
    kind: 'ClusterRole',
    metadata: {
      name: 'system:aggregated-metrics-reader',
      labels: {
        'k8s-app': 'metrics-server',
        'rbac.authorization.k8s.io/aggregate-to-admin': 'true',
        'rbac.authorization.k8s.io/aggregate-to-edit': 'true',
        'rbac.authorization.k8s.io/aggregate-to-view': 'true',
      },
    },
    rules: [{ apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] }],
  },
  {
    apiVersion: RBAC,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'system:metrics-server', labels: { 'k8s-app': 'metrics-server' } },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:metrics-server' },
    subjects: SUBJECTS,
  },
];

/** Whether something in a design asks for metrics: an autoscaler of Pods. */
export function asksForMetrics(objects: readonly KubernetesObject[]): boolean {
  return (
    asksForRecommender(objects) ||
    objects.some(({ apiVersion, kind }) => kind === 'HorizontalPodAutoscaler' && apiVersion.startsWith('autoscaling/'))
  );
}

/** Whether something asks for recommendations: a VerticalPodAutoscaler. */
export function asksForRecommender(objects: readonly KubernetesObject[]): boolean {
  return objects.some(
    ({ apiVersion, kind }) => kind === 'VerticalPodAutoscaler' && apiVersion.startsWith('autoscaling.k8s.io/'),
  );
}
