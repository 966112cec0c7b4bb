import type { Context } from '../component.ts';
import { beginKillPod, killOne } from './kill-container.ts';
import type { PodActions, ResultsOf } from './pod-actions.ts';
import { podActions } from './pod-actions.ts';
import type { PodRecord } from './pod-record.ts';
import { containersOf, isHostNetwork, nameOfContainer, specOf, withoutContainer } from './pod-runtime.ts';
import { allocatedPod } from './allocated-pod.ts';
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
  | { readonly type: 'start'; readonly name: string };

/**
 * The steps that make of the Pod what it should be, in the order in which the kubelet does them.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `SyncPod`, 1.36.
 */
export function stepsOf(record: PodRecord, restartsAll: boolean): readonly Step[] {
  const { seen } = record;
  const pod = allocatedPod(record);
  const actions = podActions(pod, seen, resultsOf(record), restartsAll);
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
    ...actions.toUpdate.map(({ id, resource }) => ({ type: 'update', id, resource }) as const),
    ...named(actions.toStart, 'regular'),
  ];
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
    case 'start':
      return beginStart(state, record, step.name, context);
  }
}

/** Whether a step that has failed leaves the rest of the sync undone. */
export function isFatal({ pod }: PodRecord, step: Step): boolean {
  if (step.type !== 'start') return step.type !== 'update';
  const found = specOf(pod, step.name);
  return found?.kind === 'init' && !isSidecar(found.spec);
}
