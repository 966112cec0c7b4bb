import type { JsonValue } from '../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { restartAction, shouldRestart } from '../../kinds/shared/pod-spec/should-restart.ts';
import type { ContainerKind, PodRuntime, RuntimeContainer } from './pod-runtime.ts';
import { containersOf, nameOfContainer, newestOf } from './pod-runtime.ts';

/** An init container that stays. */
export function isSidecar(container: JsonValue): boolean {
  return stringAt(container, 'restartPolicy') === 'Always';
}

/**
 * Whether a container is to be started, as it stands.
 * Source: pkg/kubelet/container/helpers.go `ShouldContainerBeRestarted`, 1.36.
 */
export function shouldBeStarted(container: JsonValue, pod: unknown, runtime: PodRuntime): boolean {
  if (stringAt(pod, 'metadata', 'deletionTimestamp') !== undefined) return false;
  const newest = newestOf(runtime, nameOfContainer(container));
  if (newest === undefined) return true;
  if (newest.state === 'running') return false;
  return newest.state !== 'exited' || shouldRestart(container, pod, newest.exitCode);
}

/**
 * Whether a container has ended with a code for which a rule restarts all containers of the Pod, or that is under way.
 * Source: pkg/kubelet/container/helpers.go `ShouldAllContainersRestart`, 1.36.
 */
export function shouldAllRestart(pod: unknown, runtime: PodRuntime, status: unknown): boolean {
  const isUnderWay = arrayAt(status, 'conditions').some(
    (condition) => stringAt(condition, 'type') === ALL_RESTARTING && stringAt(condition, 'status') === 'True',
  );
  if (isUnderWay) return true;
  if (!couldAllRestart(pod)) return false;
  const told = [...arrayAt(status, 'initContainerStatuses'), ...arrayAt(status, 'containerStatuses')];
  const kinds: readonly ContainerKind[] = ['init', 'regular'];
  return kinds
    .flatMap((kind) => containersOf(pod, kind))
    .some((container) => {
      const restartsAll = (exitCode: number) => restartAction(container, exitCode) === 'RestartAllContainers';
      const newest = newestOf(runtime, nameOfContainer(container));
      if (newest?.state !== 'exited') return false;
      if (restartsAll(newest.exitCode)) return true;
      const own = told.find((candidate) => stringAt(candidate, 'name') === nameOfContainer(container));
      const ended = objectAt(own, 'state', 'terminated');
      return ended !== undefined && restartsAll(numberAt(ended, 'exitCode') ?? 0);
    });
}

export const ALL_RESTARTING = 'AllContainersRestarting';

/** Whether a rule of the Pod can restart all containers. Source: pkg/api/v1/pod/util.go `AllContainersCouldRestart`, 1.36. */
export function couldAllRestart(pod: unknown): boolean {
  return [...containersOf(pod, 'init'), ...containersOf(pod, 'regular')].some((container) =>
    arrayAt(container, 'restartPolicyRules').some((rule) => stringAt(rule, 'action') === 'RestartAllContainers'),
  );
}

/** The container has been told to end for good: with a failure, or in a way that nobody knows. */
export function isFailedInit({ reason, state, exitCode }: RuntimeContainer): boolean {
  return reason === 'OOMKilled' || state === 'unknown' || (state === 'exited' && exitCode !== 0);
}

/** Why a container is ended, as far as its time to end depends on it. */
export type KillReason =
  | 'StartupProbe'
  | 'LivenessProbe'
  | 'FailedPostStartHook'
  | 'RestartAllContainers'
  | 'Unknown'
  | '';

/**
 * Seconds that a container is given to end.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_container.go `setTerminationGracePeriod`, 1.36.
 */
export function graceSeconds(pod: unknown, container: JsonValue, reason: KillReason, leastSeconds: number): number {
  const ofDeletion = numberAt(pod, 'metadata', 'deletionGracePeriodSeconds');
  if (ofDeletion !== undefined) return ofDeletion;
  const ofPod = numberAt(pod, 'spec', 'terminationGracePeriodSeconds');
  if (ofPod === undefined) return leastSeconds;
  const probe = reason === 'StartupProbe' ? 'startupProbe' : reason === 'LivenessProbe' ? 'livenessProbe' : undefined;
  const ofProbe = probe && numberAt(container, probe, 'terminationGracePeriodSeconds');
  return ofProbe ?? ofPod;
}
