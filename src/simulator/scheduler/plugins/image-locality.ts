import { arrayAt, nameAt, objectAt } from '../../../base/json.ts';
import type { SchedulerPlugin } from '../plugin.ts';

const MIB = 1024 * 1024;
const LEAST_BYTES = 23 * MIB;
const MOST_BYTES_PER_CONTAINER = 1000 * MIB;

interface WantedImages {
  readonly names: readonly string[];
  readonly containers: number;
}

/**
 * Favours Nodes that have the images of the Pod; an image counts more, the more Nodes have it.
 * Source: pkg/scheduler/framework/plugins/imagelocality/image_locality.go, 1.36.
 */
export const imageLocality: SchedulerPlugin = {
  name: 'ImageLocality',
  preScore({ pod }, _feasible, snapshot) {
    const containers = [...arrayAt(pod, 'spec', 'initContainers'), ...arrayAt(pod, 'spec', 'containers')];
    const volumes = arrayAt(pod, 'spec', 'volumes').filter((volume) => objectAt(volume, 'image') !== undefined);
    const names = [
      ...containers.map((container) => nameAt(container, 'image')),
      ...volumes.map((volume) => nameAt(volume, 'image', 'reference')),
    ];
    const there = names.map((name) => withTag(name ?? '')).filter((name) => snapshot.imageNodes.has(name));
    return { state: { names: there, containers: containers.length } };
  },
  score(_pod, node, state, snapshot) {
    const { names, containers } = state as WantedImages;
    if (names.length === 0) return 0;
    const { images } = node;
    let sum = 0;
    for (const name of names) {
      const size = images.get(name);
      if (size === undefined) continue;
      const spread = (snapshot.imageNodes.get(name) ?? 0) / snapshot.nodes.length;
      sum += Math.trunc(size * spread);
    }
    const most = MOST_BYTES_PER_CONTAINER * containers;
    const bytes = sum < LEAST_BYTES ? LEAST_BYTES : Math.min(sum, most);
    return Math.trunc((100 * (bytes - LEAST_BYTES)) / (most - LEAST_BYTES));
  },
};

function withTag(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}
