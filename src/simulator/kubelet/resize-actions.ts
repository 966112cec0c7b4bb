import type { JsonValue } from '../../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import { milliValueOf, quantityOf, valueOf } from '../../apimachinery/quantity.ts';
import { containerResources } from './container-resources.ts';
import type { PodActions } from './pod-actions.ts';
import type { PodRuntime, RuntimeContainer } from './pod-runtime.ts';
import { containersOf, nameOfContainer, newestOf } from './pod-runtime.ts';
import { isSidecar } from './restart.ts';

export type ResizableResource = 'cpu' | 'memory';
const RESOURCES: readonly ResizableResource[] = ['memory', 'cpu'];
const PARTS = ['limits', 'requests'] as const;

/**
 * Adds what a running container needs so that it has the resources that the Pod gives it; false where it has to be
 * restarted for that. What shrinks comes before what grows.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `computePodResizeAction`, 1.36.
 */
export function resizeAction(
  pod: unknown,
  container: JsonValue,
  { id, state, resources }: RuntimeContainer,
  { index, isInit }: { readonly index: number; readonly isInit: boolean },
  actions: PodActions,
): boolean {
  const wanted = containerResources(pod, container);
  if (state !== 'running' || wanted === resources) return true;
  const name = nameOfContainer(container);
  const changes = RESOURCES.map((resource) => {
    const part = PARTS.find((each) => amountAt(wanted, each, resource) !== amountAt(resources, each, resource));
    const grows = part !== undefined && amountAt(wanted, part, resource) > amountAt(resources, part, resource);
    return { resource, isChanged: part !== undefined, grows };
  }).filter(({ isChanged }) => isChanged);
  if (changes.length === 0) return true;
  if (changes.some(({ resource }) => restartsFor(container, resource))) {
    actions.toKill.set(id, { name, message: `Container ${name} resize requires restart`, reason: '' });
    (isInit ? actions.initToStart : actions.toStart).push(index);
    actions.updatePodResources = true;
    return false;
  }
  for (const { resource, grows } of changes) {
    if (grows) actions.toUpdate.push({ id, name, resource });
    else actions.toUpdate.unshift({ id, name, resource });
  }
  return true;
}

/**
 * Whether the whole Pod has other resources than it should.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `computePodLevelResourcesResizeAction`, 1.36.
 */
export function isPodResized(pod: unknown, actuated: JsonValue | undefined): boolean {
  const wanted = valueAt(pod, 'spec', 'resources') ?? null;
  return differ(wanted, actuated ?? null);
}

/**
 * Whether a resize is under way: of a running container that can be resized, or of the whole Pod where its resources were
 * set before. Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `IsPodResizeInProgress`, 1.36.
 */
export function isResizing(pod: unknown, runtime: PodRuntime, podResources: JsonValue | undefined): boolean {
  const isOpen = (['init', 'regular'] as const).some((kind) =>
    containersOf(pod, kind).some((container) => {
      if (kind === 'init' && !isSidecar(container)) return false;
      const newest = newestOf(runtime, nameOfContainer(container));
      return newest?.state === 'running' && isResized(pod, container, newest);
    }),
  );
  if (isOpen) return true;
  const isOfPod = valueAt(pod, 'spec', 'resources') !== undefined && podResources !== undefined;
  return isOfPod && isPodResized(pod, podResources);
}

/** Whether a running container has other resources than it should. */
function isResized(pod: unknown, container: JsonValue, { resources }: RuntimeContainer): boolean {
  return differ(containerResources(pod, container), resources);
}

function differ(wanted: JsonValue, actuated: JsonValue): boolean {
  return RESOURCES.some((resource) =>
    PARTS.some((part) => amountAt(wanted, part, resource) !== amountAt(actuated, part, resource)),
  );
}

/** Millicores or bytes; 0 where nothing is said. */
function amountAt(resources: JsonValue, part: (typeof PARTS)[number], resource: ResizableResource): bigint {
  const quantity = quantityOf(valueAt(resources, part, resource));
  if (quantity === undefined) return 0n;
  return resource === 'cpu' ? milliValueOf(quantity) : valueOf(quantity);
}

function restartsFor(container: JsonValue, resource: ResizableResource): boolean {
  return arrayAt(container, 'resizePolicy').some(
    (policy) =>
      stringAt(policy, 'resourceName') === resource && stringAt(policy, 'restartPolicy') === 'RestartContainer',
  );
}
