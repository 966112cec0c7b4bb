import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, objectAt } from '../../base/json.ts';
import type { PodRecord } from './pod-record.ts';
import { nameOfContainer, specOf } from './pod-runtime.ts';

/** The Pod with the resources that the Node has agreed to, where it asks for others by now. */
export function allocatedPod({ pod, agreed }: PodRecord): KubernetesObject {
  if (agreed === undefined) return pod;
  const spec = objectAt(pod, 'spec') ?? {};
  const { resources: _, ...others } = spec;
  const ofPod = objectAt(agreed, 'spec', 'resources');
  return {
    ...pod,
    spec: {
      ...others,
      ...(ofPod === undefined ? {} : { resources: ofPod }),
      ...agreedOf(spec, agreed, 'containers'),
      ...agreedOf(spec, agreed, 'initContainers'),
    },
  };
}

function agreedOf(spec: JsonObject, agreed: KubernetesObject, field: string): JsonObject {
  const own = arrayAt(spec, field);
  if (own.length === 0) return {};
  const given = (container: JsonValue) => objectAt(specOf(agreed, nameOfContainer(container))?.spec, 'resources') ?? {};
  return {
    [field]: own.map((container): JsonValue => ({ ...(container as JsonObject), resources: given(container) })),
  };
}
