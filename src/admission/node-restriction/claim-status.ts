import type { KubernetesObject } from '../../apimachinery/object.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { objectAt } from '../../base/json.ts';
import { semanticEqual } from '../../kinds/shared/validation/semantic-equal.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Answer } from '../answer.ts';
import { forbidden } from '../answer.ts';

/**
 * A kubelet tells how large a claim is and how its expansion goes. The server goes on with the difference, which is not told.
 * Source: plugin/pkg/admission/noderestriction/admission.go `admitPVCStatus`, 1.36.
 */
export function admitClaimStatus(nodeName: string, request: AdmissionRequest): Answer {
  const { operation, object, oldObject } = request;
  if (operation !== 'UPDATE') return forbidden(request, `unexpected operation ${quoteString(operation)}`);
  if (semanticEqual(withoutOwn(object), withoutOwn(oldObject))) return undefined;
  const words = `node ${quoteString(nodeName)} is not allowed to update fields other than status.quantity and status.conditions`;
  return forbidden(request, words);
}

/** The claim without what a kubelet may change, and what changes by itself. */
function withoutOwn(claim: KubernetesObject | undefined): object {
  const {
    capacity: _a,
    conditions: _b,
    allocatedResourceStatuses: _c,
    allocatedResources: _d,
    ...status
  } = objectAt(claim, 'status') ?? {};
  const { resourceVersion: _e, managedFields: _f, ...metadata } = objectAt(claim, 'metadata') ?? {};
  return { ...claim, metadata, status };
}
