import { quoteString } from '../../apimachinery/quoted-string.ts';
import { textOfBase64 } from '../shared/base64-text.ts';

const BLOCKS =
  /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n((?:[^:\n]+:[^\n]*\n)*)[\sA-Za-z0-9+/=]*?\n?-----END \1-----[ \t\r]*(?=\n|$)/g;

/**
 * What is wrong with the certificate that a signer gives, as base64 text; undefined for none and for one that will do.
 * What stands inside the blocks is not read here. Source: pkg/apis/certificates/validation/validation.go
 * `validateCertificate`, 1.36.
 */
export function certificatePemProblem(base64: string): string | undefined {
  if (base64 === '') return undefined;
  const blocks = [...textOfBase64(base64).matchAll(BLOCKS)];
  for (const [, type = '', headers = ''] of blocks) {
    if (type !== 'CERTIFICATE') return `only CERTIFICATE PEM blocks are allowed, found ${quoteString(type)}`;
    if (headers !== '') return 'no PEM block headers are permitted';
  }
  return blocks.length === 0 ? 'must contain at least one CERTIFICATE PEM block' : undefined;
}
