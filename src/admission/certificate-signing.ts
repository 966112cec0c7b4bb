import { arrayAt, stringAt } from '../base/json.ts';
import { semanticEqual } from '../kinds/shared/validation/semantic-equal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { SIGNING_REQUESTS, signerNameOf, unlessAuthorized } from './certificate-signers.ts';

/**
 * Only who may sign for a signer writes a certificate or says why there is none.
 * Source: plugin/pkg/admission/certificates/signing/admission.go, 1.36.
 */
export const certificateSigning: AdmissionPlugin = {
  name: 'CertificateSigning',
  operations: ['UPDATE'],
  validate(request, cluster) {
    const { object, oldObject } = request;
    if (!isFor(request, SIGNING_REQUESTS, 'status')) return undefined;
    const isSame =
      (stringAt(object, 'status', 'certificate') ?? '') === (stringAt(oldObject, 'status', 'certificate') ?? '') &&
      semanticEqual(arrayAt(object, 'status', 'conditions'), arrayAt(oldObject, 'status', 'conditions'));
    return isSame ? undefined : unlessAuthorized(request, cluster, 'sign', signerNameOf(oldObject));
  },
};
