import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { hasPodLevelResources } from '../../../apimachinery/pod-resources.ts';
import type { Quantity } from '../../../apimachinery/quantity.ts';
import { compareQuantities, formatQuantity, makeQuantity, quantityOf } from '../../../apimachinery/quantity.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, valueAt } from '../../../base/json.ts';
import type { Observations } from './observe.ts';
import type { ContainerUsage, PodUsage } from './rank.ts';
import type { StarvedResource } from './signals.ts';
import { resourceOf } from './signals.ts';
import type { Threshold } from './thresholds.ts';
import { amountOf } from './thresholds.ts';

export interface EvictionWords {
  readonly message: string;
  /** Of the Event. */
  readonly annotations: Readonly<Record<string, string>>;
}

function inBytes(amount: number): Quantity {
  return makeQuantity(BigInt(amount), 'BinarySI');
}

const NONE = makeQuantity(0n);

/** Source: pkg/kubelet/eviction/helpers.go `evictionMessage`, 1.36.2. */
export function evictionWords(
  resource: StarvedResource,
  pod: KubernetesObject,
  usage: PodUsage | undefined,
  thresholds: readonly Threshold[],
  observations: Observations,
): EvictionWords {
  const low = `The node was low on resource: ${resource}. ${thresholdWords(resource, thresholds, observations)}`;
  if (usage === undefined) return { message: low, annotations: {} };
  const ofPod = podWords(resource, pod, usage);
  const specs = [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers')];
  const offenders = (usage.containers ?? []).flatMap((container) => {
    const spec = specs.find((candidate) => nameAt(candidate, 'name') === container.name);
    const used = usedOf(resource, container);
    if (spec === undefined || used === undefined) return [];
    const asked = quantityOf(valueAt(spec, 'resources', 'requests', resource)) ?? NONE;
    return compareQuantities(used, asked) > 0 ? [{ name: container.name, used: formatQuantity(used), asked }] : [];
  });
  const told = offenders.map(
    ({ name, used, asked }) =>
      `Container ${name} was using ${used}, request is ${formatQuantity(asked)}, has larger consumption of ${resource}. `,
  );
  return {
    message: [low, ofPod.message, ...told].join(''),
    annotations: {
      ...ofPod.annotations,
      offending_containers: offenders.map(({ name }) => name).join(','),
      offending_containers_usage: offenders.map(({ used }) => used).join(','),
      starved_resource: resource,
    },
  };
}

function podWords(resource: StarvedResource, pod: KubernetesObject, usage: PodUsage): EvictionWords {
  const asked = quantityOf(valueAt(pod, 'spec', 'resources', 'requests', resource));
  const isTold = resource === 'memory' && hasPodLevelResources(pod as JsonValue);
  if (!isTold || asked === undefined || usage.memoryBytes === undefined) return { message: '', annotations: {} };
  const used = formatQuantity(inBytes(usage.memoryBytes));
  const name = nameOf(pod);
  return {
    message: `Pod ${name} was using ${used}, request is ${formatQuantity(asked)}, has larger consumption of ${resource}. `,
    annotations: { offending_pod: name, offending_pod_usage: used },
  };
}

function usedOf(resource: StarvedResource, { memoryBytes, root, logs }: ContainerUsage): Quantity | undefined {
  if (resource === 'memory') return memoryBytes === undefined ? undefined : inBytes(memoryBytes);
  if (resource !== 'ephemeral-storage' || root?.bytes === undefined || logs?.bytes === undefined) return undefined;
  return inBytes(root.bytes + logs.bytes);
}

/** Source: helpers.go `getThresholdMetInfo`. */
function thresholdWords(
  resource: StarvedResource,
  thresholds: readonly Threshold[],
  observations: Observations,
): string {
  for (const { signal, value } of thresholds) {
    const observed = resourceOf(signal) === resource ? observations[signal] : undefined;
    if (observed === undefined) continue;
    const quantity = 'quantity' in value ? value.quantity : inBytes(amountOf(value, observed.capacity));
    return `Threshold quantity: ${formatQuantity(quantity)}, available: ${formatQuantity(inBytes(observed.available))}. `;
  }
  return '';
}
