/**
 * The annotation in which client-side `kubectl apply` keeps the configuration that it applied last: the whole object,
 * values and all. Source: staging/src/k8s.io/kubectl/pkg/util/apply.go, 1.36.
 */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
