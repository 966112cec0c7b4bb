import type { PodRecord } from './pod-record.ts';
import type { KubeletState } from './state.ts';

/** Pods of which anything may run. Source: pkg/kubelet/kubelet_pods.go `GetActivePods`, 1.36.2. */
export function activePods({ records }: KubeletState): readonly PodRecord[] {
  return [...records.values()].filter(({ stage, isRejected }) => stage !== 'terminated' && !isRejected);
}
