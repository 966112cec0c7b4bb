import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { canonicalBase64 } from '../../../openapi/base64-problem.ts';
import { textOfBase64 } from '../base64-text.ts';
import { certificateProblem } from '../certificate-outline.ts';
import { nextPemBlock } from '../pem.ts';
import { NONE } from './fields.ts';

/**
 * A bundle of certificates, as base64 text: one that holds no certificate is refused.
 * Source: staging/src/k8s.io/apiserver/pkg/util/webhook/validation.go `ValidateCABundle` and
 * staging/src/k8s.io/client-go/transport/transport.go `rootCertPool`, 1.36.2.
 */
export function validateCaBundle(base64: string, path: ValidationPath): readonly FieldError[] {
  const problem = bundleProblem(textOfBase64(base64));
  if (problem === undefined) return NONE;
  return [invalid(path, canonicalBase64(base64), `unable to load root certificates: ${problem}`)];
}

function bundleProblem(text: string): string | undefined {
  let first: string | undefined;
  let rest = text;
  while (rest !== '') {
    const block = nextPemBlock(rest);
    if (block === undefined) return first ?? 'unable to parse bytes as PEM block';
    rest = block.rest;
    if (block.type !== 'CERTIFICATE' || block.hasHeaders) continue;
    const problem = certificateProblem(block.bytes);
    if (problem === undefined) return undefined;
    first ??= `failed to parse certificate: ${problem}`;
  }
  return first ?? 'no valid certificate authority data seen';
}
