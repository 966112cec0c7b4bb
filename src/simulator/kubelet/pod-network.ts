import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { NETWORK_NOT_READY, reportNow } from './node-status.ts';
import type { PodRecord } from './pod-record.ts';
import { isHostNetwork } from './pod-runtime.ts';
import type { KubeletState } from './state.ts';
import { callRuntime, tell } from './state.ts';
import { stepFailed } from './worker-queue.ts';

/** The Node has its part of the Pods' network: the runtime is told. Source: pkg/kubelet/kubelet_network.go `updatePodCIDR`, 1.36. */
export function updatePodCidr(state: KubeletState, node: KubernetesObject, context: Context): void {
  const podCidr = arrayAt(node, 'spec', 'podCIDRs').map(String).join(',');
  if (podCidr === '' || podCidr === state.podCidr) return;
  state.podCidr = podCidr;
  callRuntime(state, { uid: '' }, 'UpdateRuntimeConfig', { podCidr }, context);
}

/** Method with which the kubelet finds at its next look that the network is there, or is not. */
export const NETWORK_STATUS = 'network-status';

/** What the runtime says of its network. */
export function networkState(state: KubeletState, isReady: boolean, context: Context): void {
  if (state.isNetworkReady === isReady) return;
  state.isNetworkReady = isReady;
  if (state.isRegistered) reportNow(state, context);
}

/** Whether a Pod must wait for the network of its Node; it is told so. Source: pkg/kubelet/kubelet.go `SyncPod`, 1.36. */
export function waitsForNetwork(state: KubeletState, record: PodRecord, context: Context): boolean {
  if (state.isNetworkReady || isHostNetwork(record.pod)) return false;
  tell(state, record, 'Warning', 'NetworkNotReady', `network is not ready: ${NETWORK_NOT_READY}`, context);
  stepFailed(state, record, { atMs: context.nowMs + TRANSIENT_MS, isSteady: true }, context);
  return true;
}

/** Source: pkg/kubelet/pod_workers.go `backOffOnTransientErrorPeriod`, 1.36. */
const TRANSIENT_MS = 1000;
