import type { CertificateRequest } from './certificate-request.ts';

const NODES = 'system:nodes';
const NODE = 'system:node:';

function isSet(usages: readonly string[], wanted: readonly string[]): boolean {
  const own = new Set(usages);
  return own.size === wanted.length && wanted.every((usage) => own.has(usage));
}

function usagesProblem(usages: readonly string[], auth: string): string | undefined {
  const wanted = ['digital signature', 'key encipherment', auth].sort();
  if (isSet(usages, wanted) || isSet(usages, ['digital signature', auth])) return undefined;
  return `usages did not match [${wanted.join(' ')}]`;
}

/**
 * Why a request is none of a kubelet that wants to show who it is to the API server; undefined where it is one.
 * Source: pkg/apis/certificates/helpers.go `ValidateKubeletClientCSR`, 1.36.2.
 */
export function kubeletClientProblem(request: CertificateRequest, usages: readonly string[]): string | undefined {
  const { organizations, dnsNames, emailAddresses, ipAddresses, uris, commonName } = request;
  if (organizations.length !== 1 || organizations[0] !== NODES) return `subject organization is not ${NODES}`;
  if (dnsNames.length > 0) return 'DNS subjectAltNames are not allowed';
  if (emailAddresses.length > 0) return 'Email subjectAltNames are not allowed';
  if (ipAddresses.length > 0) return 'IP subjectAltNames are not allowed';
  if (uris.length > 0) return 'URI subjectAltNames are not allowed';
  if (!commonName.startsWith(NODE)) return `subject common name does not begin with ${NODE}`;
  return usagesProblem(usages, 'client auth');
}

/**
 * Why a request is none of a kubelet for its own server; undefined where it is one.
 * Source: pkg/apis/certificates/helpers.go `ValidateKubeletServingCSR`, 1.36.2.
 */
export function kubeletServingProblem(request: CertificateRequest, usages: readonly string[]): string | undefined {
  const { organizations, dnsNames, emailAddresses, ipAddresses, uris, commonName } = request;
  if (organizations.length !== 1 || organizations[0] !== NODES) return `subject organization is not ${NODES}`;
  if (dnsNames.length === 0 && ipAddresses.length === 0) return 'DNS or IP subjectAltName is required';
  if (emailAddresses.length > 0) return 'Email subjectAltNames are not allowed';
  if (uris.length > 0) return 'URI subjectAltNames are not allowed';
  const problem = usagesProblem(usages, 'server auth');
  if (problem !== undefined) return problem;
  return commonName.startsWith(NODE) ? undefined : `subject common name does not begin with ${NODE}`;
}
