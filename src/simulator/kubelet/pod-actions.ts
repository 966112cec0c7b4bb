import type { JsonValue } from '../../base/json.ts';
import { stringAt, valueAt } from '../../base/json.ts';
import type { ContainerToKill } from './container-to-kill.ts';
import { isDefinitionChanged, killUnknown } from './container-to-kill.ts';
import { initActions } from './init-actions.ts';
import type { PodRuntime } from './pod-runtime.ts';
import { containersOf, hasCreatedRegular, nameOfContainer, newestOf, sandboxChanged } from './pod-runtime.ts';
import type { ResizableResource } from './resize-actions.ts';
import { isPodResized, resizeAction } from './resize-actions.ts';
import type { KillReason } from './restart.ts';
import { restartAction } from '../../kinds/shared/pod-spec/should-restart.ts';
import { shouldBeStarted } from './restart.ts';

/** What is to be done for a Pod. Containers that are to be started are told by their place in the specification. */
export interface PodActions {
  killPod: boolean;
  createSandbox: boolean;
  /** The sandbox that there is, '' for none. */
  readonly sandboxId: string;
  readonly attempt: number;
  initToStart: number[];
  toStart: number[];
  ephemeralToStart: number[];
  /** By id of the container. */
  readonly toKill: Map<string, ContainerToKill>;
  /** Containers that go because all are restarted, in that order. */
  readonly toReset: ContainerToReset[];
  readonly toUpdate: ContainerToUpdate[];
  /** A container restarts because its resources change. */
  updatePodResources: boolean;
  /** The whole Pod has other resources than it should. */
  updatePodLevelResources: boolean;
}

export interface ContainerToReset {
  readonly id: string;
  readonly name: string;
  readonly isRunning: boolean;
}

export interface ContainerToUpdate {
  readonly id: string;
  readonly name: string;
  readonly resource: ResizableResource;
}

/** What probes have found of a container; undefined where they have found nothing yet. */
export type ProbeResult = 'Success' | 'Failure' | 'Unknown';
export interface ProbeResults {
  readonly liveness?: ProbeResult | undefined;
  readonly startup?: ProbeResult | undefined;
}
export type ResultsOf = (id: string) => ProbeResults;

/**
 * What is to be done so that the Pod becomes what it should be.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `computePodActions`, 1.36.
 */
export function podActions(
  pod: unknown,
  runtime: PodRuntime,
  resultsOf: ResultsOf,
  restartsAll = false,
  /** Resources of the whole Pod as they were last set. */
  podResources: JsonValue | undefined = valueAt(pod, 'spec', 'resources'),
): PodActions {
  const { isChanged, attempt, id } = sandboxChanged(pod, runtime);
  const actions: PodActions = {
    killPod: isChanged,
    createSandbox: isChanged,
    sandboxId: id,
    attempt,
    initToStart: [],
    toStart: [],
    ephemeralToStart: [],
    toKill: new Map(),
    toReset: [],
    toUpdate: [],
    updatePodResources: false,
    updatePodLevelResources: false,
  };
  if (restartsAll) return resetAll(pod, runtime, actions);
  if (isChanged) return startAnew(pod, runtime, actions);
  containersOf(pod, 'ephemeral').forEach((container, index) => {
    if (newestOf(runtime, nameOfContainer(container)) === undefined) actions.ephemeralToStart.push(index);
  });
  const isInitialized = initActions(pod, runtime, resultsOf, actions);
  if (actions.killPod || !isInitialized) return actions;
  const kept = containersOf(pod, 'regular').filter((container, index) =>
    isKept(pod, runtime, resultsOf, actions, container, index),
  );
  if (kept.length === 0 && actions.toStart.length === 0) {
    actions.killPod = true;
    actions.initToStart = [];
  }
  actions.updatePodLevelResources = isPodResized(pod, podResources);
  return actions;
}

/** Adds what is to be done for one regular container; true where it runs on. */
function isKept(
  pod: unknown,
  runtime: PodRuntime,
  resultsOf: ResultsOf,
  actions: PodActions,
  container: JsonValue,
  index: number,
): boolean {
  const name = nameOfContainer(container);
  const newest = newestOf(runtime, name);
  if (newest?.state !== 'running') {
    if (!shouldBeStarted(container, pod, runtime)) return false;
    actions.toStart.push(index);
    if (newest?.state === 'unknown') actions.toKill.set(newest.id, killUnknown(newest, 'Container'));
    return false;
  }
  const { liveness, startup } = resultsOf(newest.id);
  const policy = stringAt(container, 'restartPolicy') ?? stringAt(pod, 'spec', 'restartPolicy');
  const isRestarted = policy !== 'Never';
  const kill = (message: string, reason: KillReason, restarts: boolean): false => {
    const words = restarts ? `${message}, will be restarted` : message;
    if (restarts) actions.toStart.push(index);
    actions.toKill.set(newest.id, { name, message: words, reason });
    return false;
  };
  if (isDefinitionChanged(container, newest)) return kill(`Container ${name} definition changed`, '', true);
  if (liveness === 'Failure') return kill(`Container ${name} failed liveness probe`, 'LivenessProbe', isRestarted);
  if (startup === 'Failure') return kill(`Container ${name} failed startup probe`, 'StartupProbe', isRestarted);
  return resizeAction(pod, container, newest, { index, isInit: false }, actions);
}

/** A new sandbox is needed: everything begins again, but for what has ended well and is not to run twice. */
function startAnew(pod: unknown, runtime: PodRuntime, actions: PodActions): PodActions {
  const ofPod = stringAt(pod, 'spec', 'restartPolicy');
  if (ofPod === 'Never' && actions.attempt !== 0 && runtime.containers.length > 0) {
    actions.createSandbox = false;
    return actions;
  }
  const toStart = containersOf(pod, 'regular').flatMap((container, index) => {
    const newest = newestOf(runtime, nameOfContainer(container));
    const hasSucceeded = newest?.state === 'exited' && newest.exitCode === 0;
    const policy = stringAt(container, 'restartPolicy') ?? ofPod;
    return policy === 'OnFailure' && hasSucceeded ? [] : [index];
  });
  if (toStart.length === 0 && hasCreatedRegular(pod, runtime)) actions.createSandbox = false;
  else if (containersOf(pod, 'init').length > 0) actions.initToStart = [0];
  else actions.toStart = toStart;
  return actions;
}

/** Everything goes; the containers whose end led to it last. */
function resetAll(pod: unknown, { containers }: PodRuntime, actions: PodActions): PodActions {
  const sources: ContainerToReset[] = [];
  for (const kind of ['regular', 'init'] as const) {
    for (const spec of containersOf(pod, kind)) {
      const name = nameOfContainer(spec);
      for (const { id, name: own, state, exitCode } of containers) {
        if (own !== name) continue;
        const isSource = state === 'exited' && restartAction(spec, exitCode) === 'RestartAllContainers';
        (isSource ? sources : actions.toReset).push({ id, name, isRunning: state !== 'exited' });
      }
    }
  }
  actions.toReset.push(...sources);
  return actions;
}
