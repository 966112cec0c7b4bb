import { textOfBase64 } from '../shared/base64-text.ts';
import { nextPemBlock } from '../shared/pem.ts';

/**
 * Whether base64 text holds PEM whose first block is a certificate request.
 * Source: Go's encoding/pem and pkg/apis/certificates/helpers.go `ParseCSR`, 1.36.
 */
export function isCertificateRequestPem(base64: string): boolean {
  return nextPemBlock(textOfBase64(base64))?.type === 'CERTIFICATE REQUEST';
}
