import type { ComponentDefinition } from '../component.ts';
import type { Backoffs } from '../kubelet/backoff.ts';
import { backoffOf, isInBackoffSince, nextBackoff } from '../kubelet/backoff.ts';

/** Method with which it is told that a process has ended by itself. */
export const EXITED = 'exited';

interface StaticPodsState {
  /** By process. */
  readonly backoffs: Backoffs;
}

const RESTART = 'restart';

/**
 * Starts processes of the control plane again that have ended by themselves, as the kubelet of their machine does with
 * static Pods: at the next look at first, then after a back-off that doubles.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `doBackOff`, 1.36.2.
 */
export const staticPods: ComponentDefinition<StaticPodsState> = {
  kind: 'static-pods',
  start: () => ({ backoffs: new Map() }),
  handle({ backoffs }, event, context) {
    if (event.type === 'timer') {
      context.cause = context.note({ class: 'cri', verb: 'StartContainer', object: String(event.data) });
      return context.machinery.startProcess(String(event.data));
    }
    const { message } = event;
    if (message.type !== 'call' || message.method !== EXITED) return;
    const process = String(message.parameters['process']);
    const { crashLoop, relistMs } = context.numbers.kubelet;
    const moment = { eventMs: context.nowMs, nowMs: context.nowMs };
    const waitMs = isInBackoffSince(backoffs, process, moment, crashLoop) ? backoffOf(backoffs, process) : 0;
    nextBackoff(backoffs, process, moment, crashLoop);
    context.timer(Math.max(relistMs, waitMs), RESTART, process, { periodic: waitMs === crashLoop.maxMs });
  },
};
