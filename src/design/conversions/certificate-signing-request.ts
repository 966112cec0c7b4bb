import { arrayAt, nameAt } from '../../base/json.ts';
import { withValue } from './change-object.ts';
import type { Conversion } from './conversion.ts';

/**
 * Requests of v1beta1 that name their signer; who would sign one that names none was read out of the request itself.
 * Source: pkg/apis/certificates/v1beta1/defaults.go, 1.36.
 */
export const certificateSigningRequest: Conversion = {
  from: [{ group: 'certificates.k8s.io', version: 'v1beta1', kind: 'CertificateSigningRequest' }],
  to: { group: 'certificates.k8s.io', version: 'v1', kind: 'CertificateSigningRequest' },
  convert(object) {
    const signer = nameAt(object, 'spec', 'signerName');
    if (signer === undefined || signer === 'kubernetes.io/legacy-unknown') return undefined;
    if (arrayAt(object, 'spec', 'usages').length > 0) return { object };
    return {
      object: withValue(object, ['spec', 'usages'], ['digital signature', 'key encipherment']),
      notes: [{ id: 'defaultsWritten', params: { fields: 'spec.usages' } }],
    };
  },
};
