import { formatHash, hashOf } from '../../base/hash.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Cluster } from '../../simulator/cluster.ts';

/** Objects never change, so that each is read once. */
const texts = new WeakMap<KubernetesObject, string>();

/** Sixteen hexadecimal digits of everything that a cluster is at a moment: its objects, what runs, its time and its past. */
export function stateHash(cluster: Cluster): string {
  let hash = hashOf(`${cluster.nowMs}/${cluster.steps}/${cluster.trace.digest}`);
  for (const { id, isRunning } of cluster.places()) hash = hashOf(`${id}=${isRunning}`, hash);
  for (const object of cluster.objects()) hash = hashOf(textOf(object), hash);
  return formatHash(hash);
}

function textOf(object: KubernetesObject): string {
  let text = texts.get(object);
  if (text === undefined) {
    const { high, low } = hashOf(JSON.stringify(object));
    texts.set(object, (text = `${high}:${low}`));
  }
  return text;
}
