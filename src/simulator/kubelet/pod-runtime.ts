import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, nameAt } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';

/** A Pod's network and namespaces, held by a pause container; immutable. */
export interface Sandbox {
  readonly id: string;
  readonly podUid: string;
  /** '' where it shares the Node's network, or has lost its own. */
  readonly ip: string;
  /** Its address of the other family, where it has one. */
  readonly additionalIps?: readonly string[];
  /** How many sandboxes the Pod had before. */
  readonly attempt: number;
  readonly isReady: boolean;
}

/** A container as the runtime knows it; immutable. */
export interface RuntimeContainer {
  readonly id: string;
  readonly podUid: string;
  readonly sandbox: string;
  readonly name: string;
  /** The image as the Pod names it. */
  readonly image: string;
  /** How many containers of this name the Pod had before. */
  readonly attempt: number;
  readonly state: 'created' | 'running' | 'exited' | 'unknown';
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  readonly exitCode: number;
  /** `Completed`, `Error`, `OOMKilled`, `StartError`, `Unknown`; '' before it has ended. */
  readonly reason: string;
  readonly message?: string;
  readonly behaviour: Behaviour;
  /** Its processes are stopped and do nothing until they are let go on. */
  readonly isFrozen?: boolean;
  /** What the container may use: `requests` and `limits`, as they were last set. */
  readonly resources: JsonObject;
}

/** What the runtime has of a Pod, the newest first. */
export interface PodRuntime {
  readonly sandboxes: readonly Sandbox[];
  readonly containers: readonly RuntimeContainer[];
}

export const NO_RUNTIME: PodRuntime = Object.freeze({ sandboxes: Object.freeze([]), containers: Object.freeze([]) });

/** The newest container of a name. */
export function newestOf({ containers }: PodRuntime, name: string): RuntimeContainer | undefined {
  return containers.find((container) => container.name === name);
}

export function withContainer(runtime: PodRuntime, container: RuntimeContainer): PodRuntime {
  const isKnown = runtime.containers.some(({ id }) => id === container.id);
  const containers = isKnown
    ? runtime.containers.map((old) => (old.id === container.id ? container : old))
    : [container, ...runtime.containers];
  return Object.freeze({ ...runtime, containers: Object.freeze(containers) });
}

export function withoutContainer(runtime: PodRuntime, id: string): PodRuntime {
  return Object.freeze({ ...runtime, containers: runtime.containers.filter((container) => container.id !== id) });
}

export function withSandbox(runtime: PodRuntime, sandbox: Sandbox): PodRuntime {
  const others = runtime.sandboxes.filter(({ id }) => id !== sandbox.id);
  return Object.freeze({ ...runtime, sandboxes: Object.freeze([sandbox, ...others]) });
}

export function isHostNetwork(pod: unknown): boolean {
  return booleanAt(pod, 'spec', 'hostNetwork') === true;
}

/**
 * Whether the Pod needs a new sandbox, and what there was.
 * Source: pkg/kubelet/kuberuntime/util/util.go `PodSandboxChanged`, 1.36.
 */
export function sandboxChanged(
  pod: unknown,
  { sandboxes }: PodRuntime,
): { readonly isChanged: boolean; readonly attempt: number; readonly id: string } {
  const [newest] = sandboxes;
  if (newest === undefined) return { isChanged: true, attempt: 0, id: '' };
  const { attempt, id, isReady, ip } = newest;
  const ready = sandboxes.filter((sandbox) => sandbox.isReady).length;
  const isChanged = ready > 1 || !isReady || (ip === '' && !isHostNetwork(pod));
  return isChanged ? { isChanged, attempt: attempt + 1, id } : { isChanged, attempt, id };
}

export function nameOfContainer(container: JsonValue): string {
  return nameAt(container, 'name') ?? '';
}

/** What a container is to its Pod. */
export type ContainerKind = 'init' | 'regular' | 'ephemeral';

export const CONTAINER_FIELDS = {
  init: 'initContainers',
  regular: 'containers',
  ephemeral: 'ephemeralContainers',
} as const satisfies Readonly<Record<ContainerKind, string>>;

/** The containers of a Pod's specification of one kind, in order. */
export function containersOf(pod: unknown, kind: ContainerKind): readonly JsonValue[] {
  return arrayAt(pod, 'spec', CONTAINER_FIELDS[kind]);
}

/** The specification of a container by its name. */
export function specOf(
  pod: unknown,
  name: string,
): { readonly spec: JsonValue; readonly kind: ContainerKind } | undefined {
  for (const kind of ['regular', 'init', 'ephemeral'] as const) {
    const spec = containersOf(pod, kind).find((container) => nameOfContainer(container) === name);
    if (spec !== undefined) return { spec, kind };
  }
  return undefined;
}

/**
 * Whether a regular container has been made.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_container.go `HasAnyRegularContainerCreated`, 1.36.
 */
export function hasCreatedRegular(pod: unknown, runtime: PodRuntime): boolean {
  return containersOf(pod, 'regular').some((container) => {
    const newest = newestOf(runtime, nameOfContainer(container));
    return newest !== undefined && newest.state !== 'unknown';
  });
}

/**
 * Whether a regular container of the present sandbox has started.
 * Source: pkg/kubelet/container/helpers.go `HasAnyActiveRegularContainerStarted`, 1.36.
 */
export function hasStartedRegular(pod: unknown, { sandboxes, containers }: PodRuntime): boolean {
  const active = sandboxes.find(({ isReady }) => isReady)?.id;
  if (active === undefined) return false;
  const names = new Set(containersOf(pod, 'regular').map(nameOfContainer));
  return containers.some(({ name, sandbox }) => sandbox === active && names.has(name));
}
