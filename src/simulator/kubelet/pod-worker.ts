import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import { behaviourOf } from '../behaviour/behaviour-of.ts';
import type { Context } from '../component.ts';
import type { Called, KubeletState } from './state.ts';
import { callRuntime, tell } from './state.ts';
import { nameOfContainer, nextContainer } from './next-container.ts';
import type { ContainerRecord, PodRecord } from './pod-record.ts';
import { containerRecord } from './pod-record.ts';
import { graceSeconds, isSidecar, shouldRestart } from './restart.ts';
import type { RuntimeContainer } from './runtime.ts';
import { removePod, updateStatus } from './status-manager.ts';
import { mountVolumes } from './volumes.ts';

export const SYNC = 'sync-pod';

/** Source: pkg/kubelet/kubelet.go `containerBackOffPeriod`, `MaxContainerBackOff`, 1.36. */
const FIRST_BACKOFF_MS = 10_000;
const LAST_BACKOFF_MS = 300_000;
const FORGOTTEN_MS = 2 * LAST_BACKOFF_MS;

/** The next step for a Pod, unless one is under way. Source: pkg/kubelet/kubelet.go `SyncPod`, 1.36. */
export function syncPod(state: KubeletState, record: PodRecord, context: Context): void {
  if (record.isBusy || record.isGone || !state.isListed) return;
  if (isBeingDeleted(record.pod)) record.isTerminating = true;
  updateStatus(state, record, context);
  if (record.isTerminating) return terminate(state, record, context);
  if (!record.hasVolumes) {
    if (record.mounting > 0) return;
    record.hasVolumes = mountVolumes(state, record, context);
    if (!record.hasVolumes) return;
  }
  const { uid } = record;
  if (record.sandbox === undefined) {
    record.isBusy = true;
    return callRuntime(state, { uid }, 'RunPodSandbox', {}, context);
  }
  const next = nextContainer(record, context.nowMs);
  if (next.type === 'over') {
    record.isTerminating = true;
    return terminate(state, record, context);
  }
  if (next.type === 'wait') return;
  const container = nameOfContainer(next.container);
  if (!record.containers.has(container)) record.containers.set(container, containerRecord());
  record.isBusy = true;
  const image = nameAt(next.container, 'image') ?? '';
  callRuntime(state, { uid, container, isInit: next.isInit }, 'ImageStatus', { image }, context);
}

/** Containers first, sidecars after them, last to first, then the sandbox. */
function terminate(state: KubeletState, record: PodRecord, context: Context): void {
  if (record.stopping > 0) return;
  const { uid, pod } = record;
  const isRunning = (container: JsonValue) =>
    record.containers.get(nameOfContainer(container))?.container?.state === 'running';
  const inits = arrayAt(pod, 'spec', 'initContainers');
  const regular = [...arrayAt(pod, 'spec', 'containers'), ...inits.filter((one) => !isSidecar(one))].filter(isRunning);
  const last = inits.filter(isSidecar).findLast(isRunning);
  const batch = regular.length > 0 ? regular : last === undefined ? [] : [last];
  for (const container of batch) stopContainer(state, record, container, '', context);
  if (batch.length > 0) return;
  record.isBusy = true;
  if (record.sandbox === undefined) return podGone(state, record, context);
  callRuntime(state, { uid }, 'StopPodSandbox', { sandbox: record.sandbox.id }, context);
}

export function stopContainer(
  state: KubeletState,
  record: PodRecord,
  spec: JsonValue,
  why: string,
  context: Context,
): void {
  const name = nameOfContainer(spec);
  const { container } = record.containers.get(name)!;
  record.stopping++;
  tell(state, record, 'Normal', 'Killing', why === '' ? `Stopping container ${name}` : why, context);
  const parameters = { container: container!.id, timeoutMs: graceSeconds(record.pod) * 1000 };
  callRuntime(state, { uid: record.uid, container: name }, 'StopContainer', parameters, context);
}

/** Nothing of the Pod is left on the Node: says so, and lets the object go where it is to be deleted. */
export function podGone(state: KubeletState, record: PodRecord, context: Context): void {
  record.isGone = true;
  record.isBusy = false;
  updateStatus(state, record, context);
  const isDeleted = isBeingDeleted(record.pod);
  if (isDeleted && !record.isSending) removePod(state, record, context);
}

/** The runtime has done what it was asked to, or could not. */
export function runtimeAnswered(
  state: KubeletState,
  record: PodRecord,
  called: Called,
  method: string,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  if (method === 'StopPodSandbox') return podGone(state, record, context);
  if (method === 'StopContainer') {
    record.stopping--;
    return syncPod(state, record, context);
  }
  if (method === 'RunPodSandbox') {
    record.isBusy = false;
    if (ok) record.sandbox = result['sandbox'] as PodRecord['sandbox'];
    else {
      const words = `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: ${String(result['error'])}`;
      tell(state, record, 'Warning', 'FailedCreatePodSandBox', words, context);
      return context.timer(FIRST_BACKOFF_MS, SYNC, record.uid, { periodic: true });
    }
    return syncPod(state, record, context);
  }
  const name = called.container ?? '';
  const known = record.containers.get(name);
  const { pod } = record;
  const spec = [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers')].find(
    (one) => nameOfContainer(one) === name,
  );
  if (known === undefined || spec === undefined) {
    record.isBusy = false;
    return;
  }
  const image = nameAt(spec, 'image') ?? '';
  const base = { uid: record.uid, container: name, isInit: called.isInit === true };
  const behaviour = behaviourOf(state.settings.behaviours, pod, spec, base.isInit);
  const create = (): void => {
    if (record.isTerminating || isBeingDeleted(record.pod)) {
      record.isBusy = false;
      return syncPod(state, record, context);
    }
    const attempt = known.container === undefined ? 0 : known.container.attempt + 1;
    const parameters = { name, image, attempt, behaviour: Object.freeze(behaviour), sandbox: record.sandbox!.id };
    callRuntime(state, base, 'CreateContainer', parameters, context);
  };
  if (method === 'ImageStatus') {
    const isPresent = result['isPresent'] === true;
    const policy = nameAt(spec, 'imagePullPolicy') ?? 'IfNotPresent';
    if (policy === 'Never' && !isPresent) {
      const message = `Container image "${image}" is not present with pull policy of Never`;
      tell(state, record, 'Warning', 'ErrImageNeverPull', message, context);
      tell(state, record, 'Warning', 'Failed', 'Error: ErrImageNeverPull', context);
      return failed(state, record, known, { reason: 'ErrImageNeverPull', message }, context);
    }
    if (isPresent && policy !== 'Always') {
      const message = `Container image "${image}" already present on machine and can be accessed by the pod`;
      tell(state, record, 'Normal', 'Pulled', message, context);
      return create();
    }
    tell(state, record, 'Normal', 'Pulling', `Pulling image "${image}"`, context);
    state.pulls.push({ called: base, image, behaviour: Object.freeze(behaviour), sinceMs: context.nowMs });
    return pullNext(state, context);
  }
  if (method === 'PullImage') {
    const waited = state.pulls.shift()!;
    state.isPulling = false;
    pullNext(state, context);
    if (!ok) {
      const error = String(result['error']);
      tell(state, record, 'Warning', 'Failed', `Failed to pull image "${image}": ${error}`, context);
      tell(state, record, 'Warning', 'Failed', 'Error: ErrImagePull', context);
      return failed(state, record, known, { reason: 'ErrImagePull', message: error }, context);
    }
    const took = goSeconds(context.nowMs - called.sentAtMs);
    const whole = goSeconds(context.nowMs - waited.sinceMs);
    const message = `Successfully pulled image "${image}" in ${took} (${whole} including waiting). Image size: ${String(result['sizeBytes'])} bytes.`;
    tell(state, record, 'Normal', 'Pulled', message, context);
    return create();
  }
  if (method === 'CreateContainer') {
    const made = result['container'] as RuntimeContainer;
    const before = known.container;
    known.last = before;
    known.container = made;
    known.waiting = undefined;
    known.isStarted = false;
    known.isReady = false;
    tell(state, record, 'Normal', 'Created', 'Container created', context);
    if (before !== undefined) callRuntime(state, base, 'RemoveContainer', { container: before.id }, context);
    return callRuntime(state, base, 'StartContainer', { container: made.id }, context);
  }
  if (method !== 'StartContainer') return;
  record.isBusy = false;
  known.container = result['container'] as RuntimeContainer;
  tell(state, record, 'Normal', 'Started', 'Container started', context);
  state.changed.add(record.uid);
  syncPod(state, record, context);
}

/** Images are pulled one after another. Source: pkg/kubelet/images/puller.go `serialImagePuller`, 1.36. */
function pullNext(state: KubeletState, context: Context): void {
  const next = state.pulls[0];
  if (state.isPulling || next === undefined) return;
  state.isPulling = true;
  const { called, image, behaviour } = next;
  callRuntime(state, called, 'PullImage', { image, behaviour }, context);
}

/** The image cannot be had: again after a while that grows. */
function failed(
  state: KubeletState,
  record: PodRecord,
  known: ContainerRecord,
  waiting: NonNullable<ContainerRecord['waiting']>,
  context: Context,
): void {
  record.isBusy = false;
  known.waiting = waiting;
  known.backoffMs = Math.min(known.backoffMs === 0 ? FIRST_BACKOFF_MS : known.backoffMs * 2, LAST_BACKOFF_MS);
  known.retryAtMs = context.nowMs + known.backoffMs;
  const periodic = known.backoffMs === LAST_BACKOFF_MS;
  context.timer(known.backoffMs, SYNC, record.uid, { periodic });
  syncPod(state, record, context);
}

/** A container has ended: when may it be started again? */
export function containerEnded(
  state: KubeletState,
  record: PodRecord,
  known: ContainerRecord,
  ended: RuntimeContainer,
  context: Context,
): void {
  known.container = ended;
  known.isStarted = false;
  known.isReady = false;
  const { pod } = record;
  const spec = [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers')].find(
    (one) => nameOfContainer(one) === ended.name,
  );
  if (spec === undefined || record.isTerminating || !shouldRestart(spec, pod, ended.exitCode)) return;
  if (ended.finishedAtMs - ended.startedAtMs >= FORGOTTEN_MS) known.backoffMs = 0;
  const waitMs = known.backoffMs;
  known.backoffMs = waitMs === 0 ? FIRST_BACKOFF_MS : Math.min(waitMs * 2, LAST_BACKOFF_MS);
  if (waitMs === 0) return;
  known.retryAtMs = ended.finishedAtMs + waitMs;
  const owner = `${ended.name} pod=${nameOf(pod)}_${namespaceOf(pod) ?? ''}(${record.uid})`;
  const message = `back-off ${goSeconds(waitMs)} restarting failed container=${owner}`;
  known.waiting = { reason: 'CrashLoopBackOff', message };
  tell(
    state,
    record,
    'Warning',
    'BackOff',
    `Back-off restarting failed container ${owner.replace(' pod=', ' in pod ')}`,
    context,
  );
  context.timer(known.retryAtMs - context.nowMs, SYNC, record.uid, { periodic: waitMs === LAST_BACKOFF_MS });
}

/** As Go prints a duration: `10s`, `2m40s`, `650ms`. */
function goSeconds(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  const minutes = Math.floor(ms / 60_000);
  return `${minutes > 0 ? `${minutes}m` : ''}${(ms % 60_000) / 1000}s`;
}
