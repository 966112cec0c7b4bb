import type { JsonObject } from '../../base/json.ts';
import { nameAt, objectAt } from '../../base/json.ts';
import { withItems } from './change-object.ts';
import type { Conversion, ConversionNote } from './conversion.ts';

const ZONE = 'topology.kubernetes.io/zone';
const HOSTNAME = 'kubernetes.io/hostname';

/**
 * EndpointSlices of v1beta1: of the topology labels of an endpoint, the zone and the node are fields; v1 has no place
 * for the others. Source: pkg/apis/discovery/v1beta1/conversion.go, 1.36.
 */
export const endpointSlice: Conversion = {
  from: ['v1beta1', 'v1alpha1'].map((version) => ({ group: 'discovery.k8s.io', version, kind: 'EndpointSlice' })),
  to: { group: 'discovery.k8s.io', version: 'v1', kind: 'EndpointSlice' },
  convert(object) {
    const dropped = new Set<string>();
    const notes: ConversionNote[] = [];
    const result = withItems(object, ['endpoints'], (endpoint) => {
      const { topology, ...rest } = endpoint;
      if (topology === undefined) return endpoint;
      const labels = objectAt(endpoint, 'topology') ?? {};
      for (const key of Object.keys(labels)) if (key !== ZONE && key !== HOSTNAME) dropped.add(key);
      const node = nameAt(endpoint, 'nodeName');
      const hostname = nameAt(labels, HOSTNAME);
      if (node !== undefined && hostname !== undefined && node !== hostname) dropped.add(HOSTNAME);
      if (node === undefined && hostname !== undefined && notes.length === 0) {
        notes.push({ id: 'hostnameIsNode', params: {} });
      }
      return { ...rest, ...place('zone', nameAt(labels, ZONE)), ...place('nodeName', node ?? hostname) };
    });
    if (dropped.size > 0) notes.push({ id: 'topologyDropped', params: { keys: [...dropped].join(', ') } });
    return { object: result, notes };
  },
};

function place(field: string, value: string | undefined): JsonObject {
  return value === undefined ? {} : { [field]: value };
}
