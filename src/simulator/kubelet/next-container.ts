import type { JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { PodRecord } from './pod-record.ts';
import { isSidecar, shouldRestart } from './restart.ts';

/** What is to be done next for the containers of a Pod. */
export type NextContainer =
  | { readonly type: 'start'; readonly container: JsonValue; readonly isInit: boolean }
  | { readonly type: 'wait' }
  /** Nothing runs and nothing will. */
  | { readonly type: 'over' };

/**
 * Init containers one after another, sidecars until they have started, then all others. A container in its back-off holds
 * up those that come after it only where it is an init container.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `computePodActions` and `computeInitContainerActions`, 1.36.
 */
export function nextContainer({ pod, containers }: PodRecord, nowMs: number): NextContainer {
  const regular = arrayAt(pod, 'spec', 'containers');
  const inits = arrayAt(pod, 'spec', 'initContainers');
  const wasInitialized = regular.some((container) => containers.get(nameOfContainer(container))?.container);
  for (const container of inits) {
    if (wasInitialized && !isSidecar(container)) continue;
    const record = containers.get(nameOfContainer(container));
    const current = record?.container;
    if (current?.state === 'running') {
      if (isSidecar(container) && (record!.isStarted || wasInitialized)) continue;
      return { type: 'wait' };
    }
    if (current?.state === 'exited' && !isSidecar(container)) {
      if (current.exitCode === 0) continue;
      if (!shouldRestart(container, pod, current.exitCode)) return { type: 'over' };
    }
    if ((record?.retryAtMs ?? 0) <= nowMs) return { type: 'start', container, isInit: true };
    if (!wasInitialized) return { type: 'wait' };
  }
  let isAlive = false;
  for (const container of regular) {
    const record = containers.get(nameOfContainer(container));
    const current = record?.container;
    if (current?.state === 'running') isAlive = true;
    else if (current?.state !== 'exited' || shouldRestart(container, pod, current.exitCode)) {
      isAlive = true;
      if ((record?.retryAtMs ?? 0) <= nowMs) return { type: 'start', container, isInit: false };
    }
  }
  return { type: isAlive ? 'wait' : 'over' };
}

export function nameOfContainer(container: JsonValue): string {
  return nameAt(container, 'name') ?? '';
}
