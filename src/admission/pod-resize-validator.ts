import type { KubernetesObject } from '../apimachinery/object.ts';
import { labelsOf } from '../apimachinery/object.ts';
import { podRequests } from '../apimachinery/pod-resources.ts';
import { ZERO, compareQuantities, milliValueOf, valueOf } from '../apimachinery/quantity.ts';
import type { Quantity } from '../apimachinery/quantity.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { resourceListOf } from '../apimachinery/resource-list.ts';
import { nameAt, valueAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { forbidden } from './answer.ts';
import { NODE } from './cluster-view.ts';

/**
 * A Pod that runs is not given more than its Node has.
 * Source: plugin/pkg/admission/podresize/admission.go, 1.36.
 */
export const podResizeValidator: AdmissionPlugin = {
  name: 'PodResizeValidator',
  operations: ['UPDATE'],
  validate(request, cluster) {
    const { object, oldObject } = request;
    if (!isFor(request, 'pods', 'resize') || object === undefined) return undefined;
    const name = nameAt(object, 'spec', 'nodeName');
    if (name === undefined || generationOf(object) === generationOf(oldObject)) return undefined;
    const key = { ...NODE, namespace: '', name };
    const node = cluster.get(NODE, '', name);
    if (node === undefined) return forbidden(request, `node ${quoteString(name)} not found`, { missing: key });
    const os = labelsOf(node).get('kubernetes.io/os') ?? 'linux';
    if (os !== 'linux') {
      return forbidden(
        request,
        `pod resize is only supported on linux nodes, node ${quoteString(name)} is ${quoteString(os)}`,
        { objects: [key], causes: [{ reason: 'UnsupportedPlatform' }] },
      );
    }
    const lacking = lackingResources(object, node);
    if (lacking.length === 0) return undefined;
    return forbidden(request, `node didn't have enough allocatable resources: ${lacking.join('; ')}`, {
      objects: [key],
      causes: [{ reason: 'NodeCapacity' }],
    });
  },
};

/** The generation counts changes of the spec: where it stays there is nothing to look at. */
function generationOf(object: KubernetesObject | undefined): string {
  return String(valueAt(object, 'metadata', 'generation') ?? 0);
}

function lackingResources(pod: KubernetesObject, node: KubernetesObject): readonly string[] {
  const allocatable = resourceListOf(valueAt(node, 'status', 'allocatable'));
  const requests = podRequests(pod);
  return COUNTED.flatMap(([resource, countOf]) => {
    const [wanted, available] = [requests.get(resource) ?? ZERO, allocatable.get(resource) ?? ZERO];
    return compareQuantities(wanted, available) > 0
      ? [`${resource}, requested: ${countOf(wanted)}, allocatable: ${countOf(available)}`]
      : [];
  });
}

const COUNTED: readonly (readonly [string, (quantity: Quantity) => bigint])[] = [
  ['cpu', milliValueOf],
  ['memory', valueOf],
];
