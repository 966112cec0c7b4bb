import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt } from '../../../base/json.ts';

/** Jobs and ReplicationControllers without labels of their own get those of their template. */
export function labelsLikeTemplate(object: KubernetesObject, labels: JsonObject): KubernetesObject {
  const metadata = objectAt(object, 'metadata');
  if (isEmpty(labels) || !isEmpty(objectAt(metadata, 'labels') ?? {})) return object;
  return { ...object, metadata: { ...metadata, labels } };
}

function isEmpty(labels: JsonObject): boolean {
  return Object.keys(labels).length === 0;
}
