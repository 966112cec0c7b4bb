import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { qosClassOf } from '../../../apimachinery/qos-class.ts';
import { tolerationsOf, tolerationsTolerate } from '../../../apimachinery/taints.ts';
import type { JsonValue } from '../../../base/json.ts';
import { isCritical } from '../preemption/preemption.ts';
import type { PressureType } from './signals.ts';

const MEMORY_PRESSURE = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' };

/**
 * Why a Node that runs short does not take a Pod: with too little memory those alone are refused that request nothing; with
 * too little of anything else all but critical ones. Undefined where it takes it.
 * Source: pkg/kubelet/eviction/eviction_manager.go `Admit`, 1.36.2.
 */
export function pressureRejection(
  pod: KubernetesObject,
  conditions: readonly PressureType[],
): { readonly reason: string; readonly message: string } | undefined {
  if (conditions.length === 0 || isCritical(pod)) return undefined;
  if (conditions.length === 1 && conditions[0] === 'MemoryPressure') {
    if (qosClassOf(pod as JsonValue) !== 'BestEffort') return undefined;
    if (tolerationsTolerate(tolerationsOf(pod), MEMORY_PRESSURE)) return undefined;
  }
  return { reason: 'Evicted', message: `The node had condition: [${conditions.join(' ')}]. ` };
}
