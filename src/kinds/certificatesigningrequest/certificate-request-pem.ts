import { textOfBase64 } from '../shared/base64-text.ts';

const BLOCK =
  /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n(?:[^:\n]+:[^\n]*\n)*([\sA-Za-z0-9+/=]*?)\n?-----END \1-----[ \t\r]*(?:\n|$)/;

/**
 * Whether base64 text holds PEM whose first block is a certificate request.
 * Source: Go's encoding/pem and pkg/apis/certificates/helpers.go `ParseCSR`, 1.36.
 */
export function isCertificateRequestPem(base64: string): boolean {
  return BLOCK.exec(textOfBase64(base64))?.[1] === 'CERTIFICATE REQUEST';
}
