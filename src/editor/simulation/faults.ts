/** Faults that the page offers, by what was pointed at. */
export type OfferedFault =
  | 'node-failure'
  | 'node-partition'
  | 'kubelet-stop'
  | 'scheduler-stop'
  | 'controller-manager-stop'
  | 'api-server-stop'
  | 'etcd-partition';

interface Offer {
  readonly fault: OfferedFault;
  readonly target: string | undefined;
}

export function faultsOf(box: string): readonly Offer[] {
  if (box.startsWith('node/')) {
    const target = box.slice('node/'.length);
    return (['node-failure', 'node-partition', 'kubelet-stop'] as const).map((fault) => ({ fault, target }));
  }
  if (box === 'kube-scheduler') return [{ fault: 'scheduler-stop', target: undefined }];
  if (box === 'kube-controller-manager') return [{ fault: 'controller-manager-stop', target: undefined }];
  if (box.startsWith('kube-apiserver')) return [{ fault: 'api-server-stop', target: undefined }];
  if (box.startsWith('etcd')) return [{ fault: 'etcd-partition', target: undefined }];
  return [];
}
