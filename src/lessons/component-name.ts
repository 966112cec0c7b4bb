/** `kubelet/w1` is a `kubelet`, `kube-apiserver-0` a `kube-apiserver`: what somebody points at who draws an arrow. */
export function componentKind(id: string): string {
  const bare = id.replace(/\/.*$/, '').replace(/-\d+$/, '');
  return bare === 'traffic' ? 'client' : bare;
}
