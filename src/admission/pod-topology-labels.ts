import type { JsonValue } from '../base/json.ts';
import { nameAt, stringAt, valueAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { NODE } from './cluster-view.ts';
import { withFields } from './edit-object.ts';

/**
 * Gives a Pod the zone and region of the Node to which it is bound, so that it can read them.
 * Source: plugin/pkg/admission/podtopologylabels/admission.go, 1.36.
 */
export const podTopologyLabels: AdmissionPlugin = {
  name: 'PodTopologyLabels',
  operations: ['CREATE'],
  admit(request, cluster) {
    const { object } = request;
    if (!isFor(request, 'pods', '', 'binding') || object === undefined) return undefined;
    const isBinding = request.subresource === 'binding';
    if (isBinding && stringAt(object, 'target', 'kind') !== 'Node') return undefined;
    const name = isBinding ? nameAt(object, 'target', 'name') : nameAt(object, 'spec', 'nodeName');
    const node = name === undefined ? undefined : cluster.get(NODE, '', name);
    const copied: Record<string, JsonValue> = {};
    for (const label of LABELS) {
      const value = valueAt(node, 'metadata', 'labels', label);
      if (value !== undefined) copied[label] = value;
    }
    return Object.keys(copied).length === 0
      ? undefined
      : { object: withFields(object, ['metadata', 'labels'], copied) };
  },
};

const LABELS = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];
