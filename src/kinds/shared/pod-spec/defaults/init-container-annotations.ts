import type { JsonObject } from '../../../../base/json.ts';
import { isJsonObject } from '../../../../base/json.ts';

/** Where init containers stood before they had a field. Source: pkg/apis/core/v1/conversion.go, 1.36. */
const INIT_CONTAINER_ANNOTATIONS: readonly string[] = ['beta', 'alpha'].flatMap((stage) => [
  `pod.${stage}.kubernetes.io/init-containers`,
  `pod.${stage}.kubernetes.io/init-container-statuses`,
]);

/** A Pod or a template without these annotations, which the server drops. */
export function dropInitContainerAnnotations<T extends JsonObject>(pod: T): T {
  const metadata = pod['metadata'];
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  if (!isJsonObject(metadata) || !isJsonObject(annotations)) return pod;
  if (!INIT_CONTAINER_ANNOTATIONS.some((key) => Object.hasOwn(annotations, key))) return pod;
  const kept = Object.keys(annotations).filter((key) => !INIT_CONTAINER_ANNOTATIONS.includes(key));
  const rest = Object.fromEntries(kept.map((key) => [key, annotations[key]]));
  return { ...pod, metadata: { ...metadata, annotations: rest } };
}
