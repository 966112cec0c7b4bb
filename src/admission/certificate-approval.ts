import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { SIGNING_REQUESTS, signerNameOf, unlessAuthorized } from './certificate-signers.ts';

/**
 * Only who may approve for a signer approves; the name that counts is that of before.
 * Source: plugin/pkg/admission/certificates/approval/admission.go, 1.36.
 */
export const certificateApproval: AdmissionPlugin = {
  name: 'CertificateApproval',
  operations: ['UPDATE'],
  validate(request, cluster) {
    if (!isFor(request, SIGNING_REQUESTS, 'approval')) return undefined;
    return unlessAuthorized(request, cluster, 'approve', signerNameOf(request.oldObject));
  },
};
