import type { Context } from '../component.ts';
import { beginKillPod, killOne } from './kill-container.ts';
import type { PodActions, ResultsOf } from './pod-actions.ts';
import { podActions } from './pod-actions.ts';
import type { PodRecord } from './pod-record.ts';
import { containersOf, isHostNetwork, nameOfContainer, specOf, withoutContainer } from './pod-runtime.ts';
import { allocatedPod } from './allocated-pod.ts';
import type { CgroupChange } from './pod-cgroup.ts';
import { cgroupChanges, podCgroup } from './pod-cgroup.ts';
import { beginCgroupChange, podResourcesSet } from './resize-cgroup.ts';
import { beginUpdate } from './resize.ts';
import type { ResizableResource } from './resize-actions.ts';
import type { KillReason } from './restart.ts';
import { isSidecar } from './restart.ts';
import { beginStart } from './start-container.ts';
import type { KubeletState } from './state.ts';
import { callRuntime, tell } from './state.ts';

/** One thing that a sync does; the next is begun when it is done. */
export type Step =
  | { readonly type: 'kill-pod' }
  | { readonly type: 'kill'; readonly id: string; readonly message: string; readonly reason: KillReason }
  | { readonly type: 'remove'; readonly id: string }
  | { readonly type: 'sandbox'; readonly attempt: number }
  | { readonly type: 'update'; readonly id: string; readonly resource: ResizableResource }
  | { readonly type: 'cgroup'; readonly change: CgroupChange }
  | { readonly type: 'pod-resources'; readonly resource: ResizableResource }
  | { readonly type: 'start'; readonly name: string };

/**
 * The steps that make of the Pod what it should be, in the order in which the kubelet does them.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `SyncPod`, 1.36.
 */
export function stepsOf(record: PodRecord, restartsAll: boolean): readonly Step[] {
  const { seen } = record;
  const pod = allocatedPod(record);
  const actions = podActions(pod, seen, resultsOf(record), restartsAll, record.cgroup?.resources);
  const named = (indexes: readonly number[], kind: 'init' | 'regular' | 'ephemeral'): Step[] => {
    const containers = containersOf(pod, kind);
    return indexes.map((index) => ({ type: 'start', name: nameOfContainer(containers[index] ?? null) }));
  };
  return [
    ...(actions.killPod && seen.sandboxes.length > 0 ? [{ type: 'kill-pod' } as const] : []),
    ...(actions.killPod ? [] : killed(actions)),
    ...(actions.createSandbox ? [{ type: 'sandbox', attempt: actions.attempt } as const] : []),
    ...named(actions.ephemeralToStart, 'ephemeral'),
    ...named(actions.initToStart, 'init'),
    ...resized(record, actions),
    ...named(actions.toStart, 'regular'),
  ];
}

/**
 * First what changes of memory, then of CPU: the cgroup of the Pod around those of its containers.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `doPodResizeAction`, 1.36.
 */
function resized(record: PodRecord, actions: PodActions): Step[] {
  const { cgroup } = record;
  const { toUpdate, updatePodResources, updatePodLevelResources } = actions;
  if (cgroup === undefined) return [];
  const wanted = podCgroup(allocatedPod(record));
  return (['memory', 'cpu'] as const).flatMap((resource): Step[] => {
    const containers = toUpdate.filter((one) => one.resource === resource);
    if (containers.length === 0 && !updatePodResources && !updatePodLevelResources) return [];
    const { before, after } = cgroupChanges(cgroup.read, wanted, resource);
    const toCgroup = (change: CgroupChange): Step => ({ type: 'cgroup', change });
    return [
      ...before.map(toCgroup),
      ...containers.map(({ id }) => ({ type: 'update', id, resource }) as const),
      ...after.map(toCgroup),
      ...(updatePodLevelResources ? [{ type: 'pod-resources', resource } as const] : []),
    ];
  });
}

function killed({ toKill, toReset }: PodActions): Step[] {
  return [
    ...[...toKill].map(([id, { message, reason }]) => ({ type: 'kill', id, message, reason }) as const),
    ...toReset.flatMap(({ id, isRunning }): Step[] => [
      ...(isRunning ? [{ type: 'kill', id, message: 'killing', reason: 'RestartAllContainers' } as const] : []),
      { type: 'remove', id },
    ]),
  ];
}

function resultsOf({ results }: PodRecord): ResultsOf {
  return (id) => ({ liveness: results.get(`${id}/liveness`), startup: results.get(`${id}/startup`) });
}

/** Begins a step; true where it is done already. */
export function beginStep(state: KubeletState, record: PodRecord, step: Step, context: Context): boolean {
  switch (step.type) {
    case 'kill-pod':
      return beginKillPod(state, record, context);
    case 'kill':
      return killOne(state, record, step, context);
    case 'remove':
      record.runtime = withoutContainer(record.runtime, step.id);
      callRuntime(state, { uid: record.uid }, 'RemoveContainer', { container: step.id }, context);
      return true;
    case 'sandbox': {
      const parameters = { attempt: step.attempt, hostNetwork: isHostNetwork(record.pod) };
      if (record.seen.sandboxes.length > 0) {
        const words = 'Pod sandbox changed, it will be killed and re-created.';
        tell(state, record, 'Normal', 'SandboxChanged', words, context);
      }
      callRuntime(state, { uid: record.uid }, 'RunPodSandbox', parameters, context);
      return false;
    }
    case 'update':
      return beginUpdate(state, record, step, context);
    case 'cgroup':
      return beginCgroupChange(state, record, step.change, context);
    case 'pod-resources':
      return podResourcesSet(record, step.resource);
    case 'start':
      return beginStart(state, record, step.name, context);
  }
}

/** Whether a step that has failed leaves the rest of the sync undone. */
export function isFatal({ pod }: PodRecord, step: Step): boolean {
  if (step.type !== 'start') return step.type !== 'update' && step.type !== 'cgroup';
  const found = specOf(pod, step.name);
  return found?.kind === 'init' && !isSidecar(found.spec);
}
