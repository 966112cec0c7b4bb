import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { RUN_BEGINS_MS, timeOf } from '../../kernel/clock.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { CERTIFICATE_REQUESTS } from '../resources.ts';
import type { CertificateRequest } from './certificate-request.ts';
import { parseCertificateRequest } from './certificate-request.ts';
import { kubeletClientProblem, kubeletServingProblem } from './kubelet-requests.ts';
import { signedCertificate, unknownUsages } from './sign.ts';

/** `--cluster-signing-duration`. Source: pkg/controller/certificates/signer/config/v1alpha1/defaults.go, 1.36.2. */
const TTL_MS = 365 * 24 * 3_600_000;

type Check = (request: CertificateRequest, usages: readonly string[]) => string | undefined;

/**
 * The signers of kube-controller-manager, and why each refuses a request.
 * Source: pkg/controller/certificates/signer/signer.go `getCSRVerificationFuncForSignerName`, 1.36.2.
 */
export const SIGNERS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['kubernetes.io/kubelet-serving', kubeletServingProblem],
  ['kubernetes.io/kube-apiserver-client-kubelet', kubeletClientProblem],
  ['kubernetes.io/kube-apiserver-client', (_request, usages) => clientUsagesProblem(usages)],
  ['kubernetes.io/legacy-unknown', () => undefined],
]);

/** Source: signer.go `validAPIServerClientUsages`. */
function clientUsagesProblem(usages: readonly string[]): string | undefined {
  const other = usages.find((usage) => !['digital signature', 'key encipherment', 'client auth'].includes(usage));
  if (other !== undefined) return `invalid usage for client certificate: ${other}`;
  return usages.includes('client auth') ? undefined : 'missing required usage for client certificate: client auth';
}

/** Signs approved requests for the signers that it knows. Source: signer.go, 1.36.2. */
export const csrSigner: Controller = {
  name: 'certificatesigningrequest-signing-controller',
  account: 'certificate-controller',
  workers: 5,
  watches: [{ resource: CERTIFICATE_REQUESTS, keysOf: ({ object }) => [nameOf(object)] }],
  reconcile(context, key) {
    const object = context.view(CERTIFICATE_REQUESTS).getKey(key);
    return object === undefined ? undefined : sign(context, object);
  },
};

function sign(context: ReconcileContext, object: KubernetesObject): Outcome | undefined {
  if (nameAt(object, 'status', 'certificate') !== undefined || !isApproved(object)) return undefined;
  if (findCondition(conditionsOf(object), 'Failed')?.status === 'True') return undefined;
  const check = SIGNERS.get(stringAt(object, 'spec', 'signerName') ?? '');
  if (check === undefined) return undefined;
  const request = parseCertificateRequest(stringAt(object, 'spec', 'request') ?? '');
  if (request === undefined) return { failed: `unable to parse csr "${nameOf(object)}"` };
  const usages = arrayAt(object, 'spec', 'usages').map(String);
  const problem = check(request, usages);
  if (problem !== undefined) {
    const failed = { type: 'Failed', status: 'True', reason: 'SignerValidationFailure', message: problem };
    const conditions = [
      ...arrayAt(object, 'status', 'conditions'),
      { ...failed, lastUpdateTime: timeOf(context.nowMs) },
    ];
    return written(context, object, { conditions }, 'error adding failure condition for csr');
  }
  const unknown = unknownUsages(usages);
  if (unknown.length > 0)
    return {
      failed: `error auto signing csr: unrecognized usage values: [${unknown.map((usage) => `"${usage}"`).join(' ')}]`,
    };
  const serial = context.random.letters(`serial/${stringAt(object, 'metadata', 'uid') ?? ''}`, '0123456789abcdef', 32);
  const pem = signedCertificate(request, {
    usages,
    expirationSeconds: numberAt(object, 'spec', 'expirationSeconds'),
    ttlMs: TTL_MS,
    serial: serial.match(/../g)!.map((byte) => Number.parseInt(byte, 16)),
    epochMs: RUN_BEGINS_MS + context.nowMs,
  });
  return written(context, object, { certificate: btoa(pem) }, 'error updating signature for csr');
}

/** Approved, and not denied. Source: pkg/controller/certificates/certificate_controller_utils.go, 1.36.2. */
function isApproved(object: KubernetesObject): boolean {
  const types = arrayAt(object, 'status', 'conditions').map((condition) => stringAt(condition, 'type'));
  return types.includes('Approved') && !types.includes('Denied');
}

function written(
  { api }: ReconcileContext,
  object: KubernetesObject,
  more: JsonObject,
  failure: string,
): Outcome | undefined {
  const body = { ...object, status: { ...objectAt(object, 'status'), ...more } };
  const result = api.call({
    verb: 'update',
    resource: CERTIFICATE_REQUESTS,
    name: nameOf(object),
    subresource: 'status',
    body,
  });
  return result.ok ? undefined : { failed: `${failure}: ${result.message}` };
}
