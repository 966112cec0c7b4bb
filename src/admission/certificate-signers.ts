import type { KubernetesObject } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { stringAt } from '../base/json.ts';
import type { AdmissionRequest } from './admission-request.ts';
import type { Answer } from './answer.ts';
import { forbidden } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';

export const SIGNING_REQUESTS = 'certificatesigningrequests.certificates.k8s.io';

export function signerNameOf(object: KubernetesObject | undefined): string {
  return stringAt(object, 'spec', 'signerName') ?? '';
}

/**
 * Refuses who may not do something for a signer, by its name or for all of its domain.
 * Source: pkg/certauthorization/certauthorization.go, 1.36.
 */
export function unlessAuthorized(
  request: AdmissionRequest,
  cluster: ClusterView,
  verb: 'approve' | 'sign',
  signerName: string,
): Answer {
  const may = (name: string): boolean =>
    cluster.authorize(request.user, { verb, group: 'certificates.k8s.io', resource: 'signers', name });
  if (may(signerName) || may(`${signerName.split('/', 1)[0] ?? ''}/*`)) return undefined;
  return forbidden(request, `user not permitted to ${verb} requests with signerName ${quoteString(signerName)}`);
}
