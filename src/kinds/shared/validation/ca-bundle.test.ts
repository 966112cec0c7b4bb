import { expect, test } from 'vitest';
import { errorBody } from '../../../apimachinery/field-error.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { validateCaBundle } from './ca-bundle.ts';

/** A certificate that signed itself, on the curve P-256. */
const GOOD = [
  'MIIBhjCCASugAwIBAgIUCGsNE1dZkotsvT9Ryw+JJSyMl2swCgYIKoZIzj0EAwIwFzEVMBMGA1UEAwwMZHJ5ZG9jay10ZXN0MCAXDTI2MTEyNz',
  'AzMTgyOVoYDzIxMjYxMTAzMDMxODI5WjAXMRUwEwYDVQQDDAxkcnlkb2NrLXRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQFRNqR23Y2',
  'w9iXVtEpLL9fdnzFrrhixd6xYlGck1bjH/xL2/f8HgFesI/qjTw1Vlm6l8eGWcUp14f4LTpR70vto1MwUTAdBgNVHQ4EFgQUcv0RvGO7GCZf3i',
  'HXxpHkWLgvFS8wHwYDVR0jBBgwFoAUcv0RvGO7GCZf3iHXxpHkWLgvFS8wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAsNTt',
  'f+ErJPYzn4EAIgtEFii5jwa4dx0J2lGGrlOflWkCIQDv7+v3UtpOBHYqJ2kwAI6Hmu6psvcUTQ1W1TIwIjwJAw==',
].join('');

function pem(base64: string, type = 'CERTIFICATE', headers = ''): string {
  return `-----BEGIN ${type}-----\n${headers}${base64.replace(/.{64}/g, '$&\n')}\n-----END ${type}-----\n`;
}

/** The certificate with one byte changed. */
function spoilt(at: number, byte: number): string {
  const bytes = Uint8Array.from(atob(GOOD), (sign) => sign.charCodeAt(0));
  bytes[at] = byte;
  return btoa(String.fromCharCode(...bytes));
}

test.each([
  ['a certificate', pem(GOOD), undefined],
  ['a certificate with text around it', `the root:\n${pem(GOOD)}that was it\n`, undefined],
  ['a certificate behind one that is none', pem('AAAA') + pem(GOOD), undefined],
  ['a certificate behind a key', pem(GOOD, 'EC PRIVATE KEY') + pem(GOOD), undefined],
  ['lines with a carriage return', pem(GOOD).replaceAll('\n', '\r\n'), undefined],
  ['no PEM', 'Cg==', 'unable to parse bytes as PEM block'],
  ['a block without an end', '-----BEGIN CERTIFICATE-----\nAAAA\n', 'unable to parse bytes as PEM block'],
  ['only a key', pem(GOOD, 'EC PRIVATE KEY'), 'no valid certificate authority data seen'],
  ['a block with headers', pem(GOOD, 'CERTIFICATE', 'Key: value\n'), 'no valid certificate authority data seen'],
  ['only a key and more text', `${pem(GOOD, 'KEY')}x`, 'unable to parse bytes as PEM block'],
  ['bytes that are no certificate', pem('AAAA'), 'failed to parse certificate: x509: malformed certificate'],
  ['more behind it', pem(btoa(`${atob(GOOD)}x`)), 'failed to parse certificate: x509: trailing data'],
  ['no body', pem(spoilt(4, 0x31)), 'failed to parse certificate: x509: malformed tbs certificate'],
  ['a version of no sort', pem(spoilt(10, 0x04)), 'failed to parse certificate: x509: malformed version'],
  ['version 4', pem(spoilt(12, 0x03)), 'failed to parse certificate: x509: invalid version'],
  ['no serial number', pem(spoilt(13, 0x04)), 'failed to parse certificate: x509: malformed serial number'],
  ['a serial number below 0', pem(spoilt(15, 0x88)), 'failed to parse certificate: x509: negative serial number'],
])('%s', (_, text, problem) => {
  const [error, ...more] = validateCaBundle(btoa(text), ValidationPath.of('caBundle'));
  expect(more).toEqual([]);
  expect(error && errorBody(error)).toBe(
    problem && `Invalid value: "${btoa(text)}": unable to load root certificates: ${problem}`,
  );
});
