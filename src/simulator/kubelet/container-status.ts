import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, nameAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { timeOf } from '../kernel/clock.ts';
import { imageIdOf, qualifiedImage } from './image-name.ts';
import { RESTARTING_ALL } from './phase.ts';
import type { ContainerKind, PodRuntime, RuntimeContainer } from './pod-runtime.ts';
import { containersOf, hasCreatedRegular, nameOfContainer } from './pod-runtime.ts';
import { isSidecar, shouldBeStarted } from './restart.ts';

/** Why a container could not be started: what stands in `state.waiting`. */
export interface WaitingReason {
  readonly reason: string;
  readonly message: string;
}

/** What the statuses of a Pod's containers are made of. */
export interface StatusSources {
  readonly pod: unknown;
  readonly runtime: PodRuntime;
  /** The status as it was told last. */
  readonly before: JsonObject;
  readonly reasons: ReadonlyMap<string, WaitingReason>;
  /** All containers are being restarted. */
  readonly restartsAll: boolean;
}

const STATUS_FIELDS = {
  init: 'initContainerStatuses',
  regular: 'containerStatuses',
  ephemeral: 'ephemeralContainerStatuses',
} as const satisfies Readonly<Record<ContainerKind, string>>;

/**
 * The statuses of the containers of one kind, without what probes have found: init containers in their order, all others
 * by name. Source: pkg/kubelet/kubelet_pods.go `convertToAPIContainerStatuses`, 1.36.
 */
export function containerStatuses(sources: StatusSources, kind: ContainerKind): readonly JsonObject[] {
  const containers = containersOf(sources.pod, kind);
  if (containers.length === 0) return [];
  const told = arrayAt(sources.before, STATUS_FIELDS[kind]);
  const made = containers.map((container) => {
    const name = nameOfContainer(container);
    const old = objectAt(told.find((status) => stringAt(status, 'name') === name));
    return statusOf(sources, container, kind, old);
  });
  return kind === 'init' ? made : made.toSorted((a, b) => (nameOfContainer(a) < nameOfContainer(b) ? -1 : 1));
}

function statusOf(
  sources: StatusSources,
  container: JsonValue,
  kind: ContainerKind,
  old: JsonObject | undefined,
): JsonObject {
  const { pod, runtime, reasons } = sources;
  const name = nameOfContainer(container);
  const [newest, second] = runtime.containers.filter((candidate) => candidate.name === name);
  const plain =
    newest === undefined
      ? missing(sources, container, old)
      : { ...found(sources, container, newest, old), ...lastOf(newest, second, old) };
  const status: JsonObject = plain;
  if (kind === 'init') {
    if (newest?.state === 'exited' && newest.exitCode === 0) return status;
    const isPast = newest === undefined && hasCreatedRegular(pod, runtime) && !isSidecar(container);
    if (isPast && objectAt(status, 'state', 'waiting') !== undefined) return { ...status, state: FORGOTTEN_INIT };
  }
  const why = reasons.get(name);
  if (why === undefined || !shouldBeStarted(container, pod, runtime)) return status;
  const ended = objectAt(status, 'state', 'terminated');
  const waiting = { reason: why.reason, ...(why.message === '' ? {} : { message: why.message }) };
  return {
    ...status,
    state: { waiting },
    ...(ended === undefined ? {} : { lastState: { terminated: ended } }),
  };
}

const FORGOTTEN_INIT: JsonObject = Object.freeze({
  terminated: {
    exitCode: 0,
    reason: 'Completed',
    message:
      'Unable to get init container status from container runtime and pod has been initialized, treat it as exited normally',
    startedAt: null,
    finishedAt: null,
  },
});

/** The runtime has no such container: it has not been made yet, or it has gone. */
function missing({ pod, restartsAll }: StatusSources, container: JsonValue, old: JsonObject | undefined): JsonObject {
  const hasInits = containersOf(pod, 'init').length > 0;
  const status: JsonObject = {
    name: nameOfContainer(container),
    image: nameAt(container, 'image') ?? '',
    imageID: '',
    restartCount: numberAt(old, 'restartCount') ?? 0,
    state: { waiting: { reason: hasInits ? 'PodInitializing' : 'ContainerCreating' } },
    lastState: objectAt(old, 'lastState') ?? {},
    ...mountsOf(container),
  };
  if (old === undefined) return status;
  const restarts = (numberAt(old, 'restartCount') ?? 0) + 1;
  if (restartsAll && objectAt(old, 'state', 'waiting') === undefined) {
    const why = { reason: RESTARTING_ALL, message: 'The container is removed because RestartAllContainers in place' };
    const terminated = { ...why, exitCode: 137, startedAt: null, finishedAt: null };
    return { ...status, state: { waiting: why }, lastState: { terminated }, restartCount: restarts };
  }
  if (objectAt(old, 'state', 'terminated') !== undefined) return old;
  if (objectAt(old, 'state', 'running') === undefined || objectAt(old, 'lastState', 'terminated') !== undefined)
    return status;
  const isDeleted = stringAt(pod, 'metadata', 'deletionTimestamp') !== undefined;
  return {
    ...status,
    lastState: {
      terminated: {
        exitCode: 137,
        reason: 'ContainerStatusUnknown',
        message: 'The container could not be located when the pod was deleted.  The container used to be Running',
        startedAt: null,
        finishedAt: null,
      },
    },
    ...(isDeleted ? {} : { restartCount: restarts }),
  };
}

function found(
  { restartsAll }: StatusSources,
  container: JsonValue,
  newest: RuntimeContainer,
  old: JsonObject | undefined,
): JsonObject {
  const { id, name, image, attempt, state } = newest;
  const toldCount = numberAt(old, 'restartCount') ?? 0;
  const wasRunning = objectAt(old, 'state', 'running') !== undefined;
  const wasEnded = objectAt(old, 'state', 'terminated') !== undefined;
  const isCountedOn = state === 'running' && wasEnded && toldCount >= attempt;
  const isLost = state === 'unknown' && wasRunning;
  const allocated = objectAt(container, 'resources', 'requests');
  return {
    name,
    image: qualifiedImage(image),
    imageID: imageIdOf(image),
    containerID: `containerd://${id}`,
    restartCount: isCountedOn || isLost ? toldCount + 1 : Math.max(attempt, toldCount),
    state: isLost ? lostState(restartsAll) : stateOf(newest),
    lastState: objectAt(old, 'lastState') ?? {},
    ...(state === 'running' && booleanAt(old, 'started') !== undefined ? { started: booleanAt(old, 'started') } : {}),
    ...(allocated === undefined ? {} : { allocatedResources: allocated }),
    resources: state === 'running' ? toldResources(container, newest) : (objectAt(container, 'resources') ?? {}),
    ...mountsOf(container),
  };
}

/**
 * Limits of the whole Pod are told of a container only beside limits of its own.
 * Source: pkg/kubelet/kubelet_pods.go `convertToAPIContainerStatuses`, 1.36.
 */
function toldResources(container: JsonValue, { resources }: RuntimeContainer): JsonObject {
  if (objectAt(container, 'resources', 'limits') !== undefined) return resources;
  const { limits: _, ...others } = resources;
  return others;
}

/** How the container before this one ended: as the runtime has it, else as it was told. */
function lastOf(
  newest: RuntimeContainer,
  second: RuntimeContainer | undefined,
  old: JsonObject | undefined,
): JsonObject {
  if (second !== undefined) return { lastState: stateOf(second) };
  const ended = objectAt(old, 'state', 'terminated');
  const isSame = stringAt(old, 'containerID') === `containerd://${newest.id}`;
  return ended === undefined || isSame ? {} : { lastState: { terminated: ended } };
}

function stateOf(container: RuntimeContainer): JsonObject {
  const { state, startedAtMs } = container;
  if (state === 'running') return { running: { startedAt: timeOf(startedAtMs) } };
  return state === 'exited' ? { terminated: terminated(container) } : { waiting: {} };
}

function lostState(restartsAll: boolean): JsonObject {
  return {
    terminated: {
      exitCode: 137,
      reason: restartsAll ? RESTARTING_ALL : 'ContainerStatusUnknown',
      message: 'The container could not be located when the pod was terminated',
      startedAt: null,
      finishedAt: null,
    },
  };
}

function terminated({ id, exitCode, reason, message, startedAtMs, finishedAtMs }: RuntimeContainer): JsonObject {
  return {
    exitCode,
    reason,
    ...(message === undefined ? {} : { message }),
    startedAt: timeOf(startedAtMs),
    finishedAt: timeOf(finishedAtMs),
    containerID: `containerd://${id}`,
  };
}

/** Source: pkg/kubelet/kubelet_pods.go, feature RecursiveReadOnlyMounts, 1.36. */
function mountsOf(container: JsonValue): JsonObject {
  const mounts = arrayAt(container, 'volumeMounts');
  if (mounts.length === 0) return {};
  return {
    volumeMounts: mounts.map((mount) => ({
      name: stringAt(mount, 'name') ?? '',
      mountPath: stringAt(mount, 'mountPath') ?? '',
      ...(booleanAt(mount, 'readOnly') === true ? { readOnly: true, recursiveReadOnly: 'Disabled' } : {}),
    })),
  };
}
