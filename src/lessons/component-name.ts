/** Whom an arrow may be drawn from and to. */
export const COMPONENT_NAMES: readonly string[] = [
  'kubectl',
  'kube-apiserver',
  'etcd',
  'kube-controller-manager',
  'deployment-controller',
  'replicaset-controller',
  'job-controller',
  'cronjob-controller',
  'statefulset-controller',
  'daemonset-controller',
  'endpointslice-controller',
  'node-lifecycle-controller',
  'horizontal-pod-autoscaler-controller',
  'metrics-server',
  'kube-scheduler',
  'kubelet',
  'containerd',
  'cni',
  'kube-proxy',
  'linux',
  'coredns',
];

/** `kubelet/w1` is a `kubelet`, `kube-apiserver-0` a `kube-apiserver`: what somebody points at who draws an arrow. */
export function componentKind(id: string): string {
  const bare = id.replace(/\/.*$/, '').replace(/-\d+$/, '');
  return bare === 'traffic' ? 'client' : bare;
}
