import { humanDurationMs } from '../../../apimachinery/human-duration.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../../base/json.ts';
import { ageOf } from './cells.ts';
import type { TablePrinter } from './printer.ts';

/** Source: pkg/printers/internalversion/printers.go `printCertificateSigningRequest`, 1.36.2. */
export const certificateRequest: TablePrinter = {
  group: 'certificates.k8s.io',
  kind: 'CertificateSigningRequest',
  columns: ['Name', 'Age', 'SignerName', 'Requestor', 'RequestedDuration', 'Condition'],
  cells(object, options) {
    const seconds = numberAt(object, 'spec', 'expirationSeconds');
    return [
      nameOf(object),
      ageOf(object, options),
      nameAt(object, 'spec', 'signerName') ?? '<none>',
      stringAt(object, 'spec', 'username') ?? '',
      seconds === undefined ? '<none>' : humanDurationMs(seconds * 1000),
      conditionOf(object),
    ];
  },
};

/** Source: printers.go `extractCSRStatus`. */
function conditionOf(object: KubernetesObject): string {
  const types = arrayAt(object, 'status', 'conditions').map((condition) => stringAt(condition, 'type'));
  const decision = types.includes('Denied') ? 'Denied' : types.includes('Approved') ? 'Approved' : 'Pending';
  const failed = types.includes('Failed') ? ',Failed' : '';
  return `${decision}${failed}${nameAt(object, 'status', 'certificate') === undefined ? '' : ',Issued'}`;
}
