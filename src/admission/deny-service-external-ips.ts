import { arrayAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { forbidden } from './answer.ts';

/**
 * No Service takes external IPs that it did not have. Off by default.
 * Source: plugin/pkg/admission/network/denyserviceexternalips/admission.go, 1.36.
 */
export const denyServiceExternalIPs: AdmissionPlugin = {
  name: 'DenyServiceExternalIPs',
  operations: ['CREATE', 'UPDATE'],
  validate(request) {
    const { object, oldObject } = request;
    if (!isFor(request, 'services') || object === undefined) return undefined;
    const before = new Set(arrayAt(oldObject, 'spec', 'externalIPs'));
    const isKept = arrayAt(object, 'spec', 'externalIPs').every((ip) => before.has(ip));
    if (isKept) return undefined;
    return forbidden(request, 'Use of external IPs is denied by admission control', { field: ['spec', 'externalIPs'] });
  },
};
