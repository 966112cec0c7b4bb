import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { nameAt } from '../../base/json.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import { isFor } from '../admission-request.ts';
import type { Answer } from '../answer.ts';
import { aggregateMessage, forbidden } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { claimLimitErrors } from './claim-limits.ts';
import { withDefaultResources } from './default-resources.ts';
import type { LimitError } from './limit-constraints.ts';
import { podLimitErrors } from './pod-limits.ts';

/**
 * Gives containers the resources that they do not name, and refuses Pods and claims that ask for too little or too much.
 * Source: plugin/pkg/admission/limitranger/admission.go, 1.36.
 */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  operations: ['CREATE', 'UPDATE'],
  admit(request, cluster) {
    const { object } = request;
    if (object === undefined || !isLimited(request) || request.kind.kind !== 'Pod') return undefined;
    let pod = object;
    for (const range of rangesOf(request, cluster)) pod = withDefaultResources(pod, range);
    return pod === object ? undefined : { object: pod };
  },
  validate(request, cluster) {
    const { object } = request;
    if (object === undefined || !isLimited(request)) return undefined;
    const errorsOf = request.kind.kind === 'Pod' ? podLimitErrors : claimLimitErrors;
    for (const range of rangesOf(request, cluster)) {
      const errors = errorsOf(range, object);
      if (errors.length > 0) return refusal(request, range, errors);
    }
    return undefined;
  },
};

const LIMIT_RANGE: GroupKind = { group: '', kind: 'LimitRange' };

/** Containers of a Pod cannot be changed but by a resize, so no other update is looked at. */
function isLimited(request: AdmissionRequest): boolean {
  if (nameAt(request.oldObject, 'metadata', 'deletionTimestamp') !== undefined) return false;
  if (isFor(request, 'pods')) return request.operation === 'CREATE';
  if (isFor(request, 'pods', 'resize')) return request.operation === 'UPDATE';
  return isFor(request, 'persistentvolumeclaims');
}

function rangesOf({ namespace }: AdmissionRequest, cluster: ClusterView): readonly KubernetesObject[] {
  return cluster.list(LIMIT_RANGE, namespace);
}

function refusal(request: AdmissionRequest, range: KubernetesObject, errors: readonly LimitError[]): Answer {
  const field = errors.find((error) => error.field !== undefined)?.field;
  return forbidden(request, aggregateMessage(errors.map(({ message }) => message)), {
    ...(field === undefined ? {} : { field }),
    objects: [{ ...LIMIT_RANGE, namespace: request.namespace, name: nameOf(range) }],
  });
}
