import { quoteString } from '../../apimachinery/quoted-string.ts';
import { textOfBase64 } from '../shared/base64-text.ts';
import { nextPemBlock } from '../shared/pem.ts';

/**
 * What is wrong with the certificate that a signer gives, as base64 text; undefined for none and for one that will do.
 * What stands inside the blocks is not read here. Source: pkg/apis/certificates/validation/validation.go
 * `validateCertificate`, 1.36.
 */
export function certificatePemProblem(base64: string): string | undefined {
  if (base64 === '') return undefined;
  let blocks = 0;
  for (let block = nextPemBlock(textOfBase64(base64)); block !== undefined; block = nextPemBlock(block.rest)) {
    if (block.type !== 'CERTIFICATE')
      return `only CERTIFICATE PEM blocks are allowed, found ${quoteString(block.type)}`;
    if (block.hasHeaders) return 'no PEM block headers are permitted';
    blocks++;
  }
  return blocks === 0 ? 'must contain at least one CERTIFICATE PEM block' : undefined;
}
