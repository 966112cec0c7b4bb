import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt } from '../../../base/json.ts';

/** Jobs and ReplicationControllers without labels of their own get those of their template. */
export function labelsLikeTemplate(object: KubernetesObject, labels: JsonObject): KubernetesObject {
  const metadata = objectAt(object, 'metadata');
  if (Object.keys(objectAt(metadata, 'labels') ?? {}).length > 0) return object;
  return { ...object, metadata: { ...metadata, labels } };
}
