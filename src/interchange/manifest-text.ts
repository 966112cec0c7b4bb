import type { KubernetesObject } from '../apimachinery/object.ts';
import { writeObject } from '../manifest/write.ts';

/** Objects as one text of YAML documents, laid out as kubectl prints. */
export function manifestText(objects: Iterable<KubernetesObject>): string {
  return [...objects].map((object) => writeObject(object)).join('---\n');
}
