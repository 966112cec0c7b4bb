import { stringAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { forbidden } from './answer.ts';
import { readCertificateRequest } from './certificate-request.ts';
import { SIGNING_REQUESTS, signerNameOf } from './certificate-signers.ts';

/**
 * Nobody asks the cluster's own signer for a certificate of `system:masters`.
 * Source: plugin/pkg/admission/certificates/subjectrestriction/admission.go, 1.36.
 */
export const certificateSubjectRestriction: AdmissionPlugin = {
  name: 'CertificateSubjectRestriction',
  operations: ['CREATE'],
  validate(request) {
    const { object } = request;
    if (!isFor(request, SIGNING_REQUESTS) || signerNameOf(object) !== CLIENT_SIGNER) return undefined;
    const subject = readCertificateRequest(stringAt(object, 'spec', 'request') ?? '');
    const field = ['spec', 'request'];
    if ('error' in subject) return forbidden(request, `failed to parse CSR: ${subject.error}`, { field });
    return subject.organizations.includes('system:masters')
      ? forbidden(request, `use of ${CLIENT_SIGNER} signer with system:masters group is not allowed`, { field })
      : undefined;
  },
};

const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client';
