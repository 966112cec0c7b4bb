import type { JsonValue } from '../../base/json.ts';
import { objectAt, stringAt } from '../../base/json.ts';
import { isDefinitionChanged, killUnknown } from './container-to-kill.ts';
import type { PodActions, ResultsOf } from './pod-actions.ts';

import type { PodRuntime, RuntimeContainer } from './pod-runtime.ts';
import { containersOf, nameOfContainer, newestOf } from './pod-runtime.ts';
import { resizeAction } from './resize-actions.ts';
import type { KillReason } from './restart.ts';
import { isFailedInit, isSidecar, shouldBeStarted } from './restart.ts';

/**
 * Adds what is to be done for the init containers: starts the next one, keeps sidecars running, ends those that a probe
 * has found ill. True where the Pod is initialized. Looks from the last to the first, because the runtime may have
 * forgotten those that have ended.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_container.go `computeInitContainerActions`, 1.36.
 */
export function initActions(pod: unknown, runtime: PodRuntime, resultsOf: ResultsOf, actions: PodActions): boolean {
  const inits = containersOf(pod, 'init');
  if (inits.length === 0) return true;
  const scan: Scan = {
    pod,
    runtime,
    resultsOf,
    actions,
    last: inits.length - 1,
    isDone: hasBegunRegular(pod, runtime),
  };
  let wasInitialized = scan.isDone;
  for (let index = scan.last; index >= 0; index--) {
    const container = inits[index];
    if (container === undefined) continue;
    const newest = newestOf(runtime, nameOfContainer(container));
    if (newest === undefined) {
      if (wasInitialized && isSidecar(container)) actions.initToStart.push(index);
      continue;
    }
    if (wasInitialized && !isSidecar(container)) continue;
    if (!lookAt(scan, container, newest, index, wasInitialized)) {
      actions.killPod = true;
      actions.initToStart = [];
      return false;
    }
    wasInitialized = true;
  }
  if (!wasInitialized) actions.initToStart.push(0);
  actions.initToStart.reverse();
  return scan.isDone;
}

interface Scan {
  readonly pod: unknown;
  readonly runtime: PodRuntime;
  readonly resultsOf: ResultsOf;
  readonly actions: PodActions;
  readonly last: number;
  /** The Pod is initialized. */
  isDone: boolean;
}

/** An ended container may be one of an earlier sandbox and says nothing. */
function hasBegunRegular(pod: unknown, runtime: PodRuntime): boolean {
  return containersOf(pod, 'regular').some((container) => {
    const state = newestOf(runtime, nameOfContainer(container))?.state;
    return state === 'created' || state === 'running';
  });
}

/** False where the Pod has failed. */
function lookAt(
  scan: Scan,
  container: JsonValue,
  newest: RuntimeContainer,
  index: number,
  wasInitialized: boolean,
): boolean {
  const { pod, runtime, actions } = scan;
  const { initToStart } = actions;
  const isInitialized = (): void => {
    if (index === scan.last) scan.isDone = true;
    else if (!wasInitialized) initToStart.push(index + 1);
  };
  switch (newest.state) {
    case 'created':
      initToStart.push(index);
      return true;
    case 'running':
      if (isSidecar(container)) lookAtSidecar(scan, container, newest, index, isInitialized);
      else resizeAction(pod, container, newest, { index, isInit: true }, actions);
      return true;
    case 'exited':
      if (isSidecar(container)) initToStart.push(index);
      else if (!isFailedInit(newest)) isInitialized();
      else if (shouldBeStarted(container, pod, runtime)) initToStart.push(index);
      else return false;
      return true;
    default: {
      const policy = stringAt(container, 'restartPolicy') ?? stringAt(pod, 'spec', 'restartPolicy');
      if (!isSidecar(container) && policy === 'Never') return false;
      actions.toKill.set(newest.id, killUnknown(newest, 'Init container'));
      initToStart.push(index);
      return true;
    }
  }
}

function lookAtSidecar(
  { pod, resultsOf, actions }: Scan,
  container: JsonValue,
  newest: RuntimeContainer,
  index: number,
  isInitialized: () => void,
): void {
  const { liveness, startup } = resultsOf(newest.id);
  const { name } = newest;
  const restart = (why: string, reason: KillReason): void => {
    actions.toKill.set(newest.id, { name, message: `Init container ${name} ${why}`, reason });
    actions.initToStart.push(index);
  };
  if (objectAt(container, 'startupProbe') !== undefined && startup !== 'Success') {
    if (startup === 'Failure') restart('failed startup probe', 'StartupProbe');
    return;
  }
  isInitialized();
  if (isDefinitionChanged(container, newest)) return restart('definition changed', '');
  if (objectAt(container, 'livenessProbe') !== undefined) {
    if (liveness === undefined) return;
    if (liveness === 'Failure') return restart('failed liveness probe', 'LivenessProbe');
  }
  resizeAction(pod, container, newest, { index, isInit: true }, actions);
}
